import Logging
import NIOConcurrencyHelpers

/// The lines that the nodes of a test network have logged about their neighbours, those of a trace at
/// every level, the others at `info` and above.
final class LogLines: Sendable {
  private let lines = NIOLockedValueBox<[String]>([])
  private let traced = NIOLockedValueBox<[String: Set<String>]>([:])

  private struct Watched {
    var words: [String] = []
    var found: [String] = []
    var lines = 0
  }

  private let watched = NIOLockedValueBox(Watched())

  /// Keeps every line in which one of these words stands.
  func watch(for words: [String]) { watched.withLockedValue { $0 = Watched(words: words) } }

  /// The lines in which a watched word stood, and how many lines there were in all.
  var watchedLines: (found: [String], lines: Int) {
    watched.withLockedValue { ($0.found, $0.lines) }
  }

  private func look(at event: LogEvent) {
    watched.withLockedValue { watched in
      if watched.words.isEmpty { return }
      watched.lines += 1
      let line = "\(event.message) \(event.metadata ?? [:])"
      if watched.words.contains(where: line.contains) { watched.found.append(line) }
    }
  }

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
      lines.look(at: event)
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
