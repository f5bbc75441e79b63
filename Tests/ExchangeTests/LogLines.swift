import Logging
import NIOConcurrencyHelpers

/// The lines that the nodes of a test network have logged about their neighbours, those of a trace at
/// every level, the others at `info` and above.
final class LogLines: Sendable {
  private let lines = NIOLockedValueBox<[String]>([])
  private let traced = NIOLockedValueBox<[String: Set<String>]>([:])

  /// What the nodes have logged of a trace, such as `440306 an event is sent`.
  func lines(of trace: String) -> Set<String> {
    traced.withLockedValue { $0[trace] ?? [] }
  }

  /// How often a line was logged about a neighbour.
  func count(of line: String, peer: String) -> Int {
    lines.withLockedValue { $0.count { $0 == "\(line) \(peer)" } }
  }

  struct Handler: LogHandler {
    let lines: LogLines
    let label: String
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      if let trace = event.metadata?["trace"] {
        lines.traced.withLockedValue {
          _ = $0["\(trace)", default: []].insert("\(label) \(event.message)")
        }
      }
      guard event.level >= .info, let peer = event.metadata?["peer"] else { return }
      lines.lines.withLockedValue { $0.append("\(event.message) \(peer)") }
    }
  }
}
