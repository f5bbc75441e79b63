import Logging
import NIOConcurrencyHelpers

/// The lines that the nodes of a test network have logged about their neighbours.
final class LogLines: Sendable {
  private let lines = NIOLockedValueBox<[String]>([])

  /// How often a line was logged about a neighbour.
  func count(of line: String, peer: String) -> Int {
    lines.withLockedValue { $0.count { $0 == "\(line) \(peer)" } }
  }

  struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      guard let peer = event.metadata?["peer"] else { return }
      lines.lines.withLockedValue { $0.append("\(event.message) \(peer)") }
    }
  }
}
