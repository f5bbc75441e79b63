import Logging

/// What nodes log, as lines of the trace.
struct TraceLines: LogHandler {
  let division: String
  let trace: Trace
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  /// A logger of an office.
  static func logger(_ division: String, _ trace: Trace) -> Logger {
    Logger(label: division) { _ in TraceLines(division: division, trace: trace) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let more = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    trace.note(division, "log \(event.level) \(event.message) \(more.joined(separator: " "))")
  }
}
