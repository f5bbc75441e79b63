import Foundation
import Glibc
import Logging
import Program

/// Where the node's log goes: to the journal with its fields where the service manager has connected
/// standard error to it, to standard error as text elsewhere.
enum NodeLog {
  /// The journal's socket for lines with fields.
  private static let journal = "/run/systemd/journal/socket"

  /// Begins to log at a level that can be changed.
  static func begin(at level: LogLevel) {
    let stream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"]
    let socket = stream.map(isStandardError) == true ? DatagramSocket(journal) : nil
    LoggingSystem.bootstrap { label in
      let text = StreamLogHandler.standardError(label: label)
      return LeveledHandler(
        level, socket.map { JournalHandler(label, $0, otherwise: text) } ?? text)
    }
  }

  /// `JOURNAL_STREAM` is device and inode of the stream that goes to the journal (systemd.exec(5)).
  private static func isStandardError(_ stream: String) -> Bool {
    var status = stat()
    return fstat(STDERR_FILENO, &status) == 0 && stream == "\(status.st_dev):\(status.st_ino)"
  }
}

/// A handler whose level all loggers share.
private struct LeveledHandler: LogHandler {
  private let level: LogLevel
  private var handler: any LogHandler

  init(_ level: LogLevel, _ handler: any LogHandler) {
    self.level = level
    self.handler = handler
  }

  var logLevel: Logger.Level {
    get { level.current }
    set {}
  }
  var metadata: Logger.Metadata {
    get { handler.metadata }
    set { handler.metadata = newValue }
  }
  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue }
  }

  func log(event: LogEvent) { handler.log(event: event) }
}
