import Logging
import Program

/// Writes lines to systemd's journal with their fields, in its own protocol: `KEY=value` lines, one
/// datagram for each (systemd.io/JOURNAL_NATIVE_PROTOCOL).
///
/// What the log says of a peer or an account is a field too: `journalctl XIECHA_PEER=440306`.
struct JournalHandler: LogHandler {
  /// The longest value that is sent, in bytes: far below what a datagram takes.
  private static let longestValueBytes = 8192

  var logLevel = Logger.Level.trace
  var metadata: Logger.Metadata = [:]
  private let label: String
  private let socket: DatagramSocket
  private let otherwise: any LogHandler

  /// - `otherwise`: what writes a line that the journal does not take.
  init(_ label: String, _ socket: DatagramSocket, otherwise: any LogHandler) {
    self.label = label
    self.socket = socket
    self.otherwise = otherwise
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    if !socket.send(entry(of: event)) { otherwise.log(event: event) }
  }

  private func entry(of event: LogEvent) -> [UInt8] {
    let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
      .sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    // Whoever reads without asking for fields sees them in the text too.
    let text = ["\(event.message)"] + fields.map { "\($0)=\($1)" }
    var bytes: [UInt8] = []
    JournalHandler.add("MESSAGE", text.joined(separator: " "), to: &bytes)
    JournalHandler.add("PRIORITY", "\(JournalHandler.priority(of: event.level))", to: &bytes)
    JournalHandler.add("SYSLOG_IDENTIFIER", "xiecha-node", to: &bytes)
    JournalHandler.add("XIECHA_LOGGER", label, to: &bytes)
    for (key, value) in fields {
      JournalHandler.add("XIECHA_\(JournalHandler.name(of: key))", value, to: &bytes)
    }
    return bytes
  }

  private static func add(_ key: String, _ value: String, to bytes: inout [UInt8]) {
    let value = Array(value.utf8.prefix(longestValueBytes))
    bytes += key.utf8
    if value.contains(UInt8(ascii: "\n")) {
      bytes.append(UInt8(ascii: "\n"))
      withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes += $0 }
    } else {
      bytes.append(UInt8(ascii: "="))
    }
    bytes += value
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Capitals, digits and underscores are what a field's name has.
  private static func name(of key: String) -> String {
    String(
      key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(48))
  }

  /// The priorities of syslog(3).
  private static func priority(of level: Logger.Level) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }
}
