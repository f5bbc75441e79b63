/// A parser of bytes that anybody may send, and what it must hold for all of them.
///
/// That nothing traps and nothing is read out of bounds is for the sanitizer to see; the rest is a
/// ``BrokenProperty``. The raw value names the folder of the corpus.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Frames and ``Wire/ServerStateMachine``, as a client sends them.
  case serverConnection = "server-connection"
  /// Frames and ``Wire/ClientStateMachine``, as a node sends them.
  case clientConnection = "client-connection"
  /// Every message type.
  case messages
  /// What a neighbour tells of an item.
  case event
  /// The node's side of a sign-in.
  case scramServer = "scram-server"
  /// The client's side of a sign-in.
  case scramClient = "scram-client"
  /// The node's side of a TLS handshake, in pieces.
  case tlsServer = "tls-server"
  /// The client's side of a TLS handshake, in pieces.
  case tlsClient = "tls-client"
  /// Case files: records, headings, cells.
  case csv
  /// Calendar files.
  case calendar
  /// Places in a list.
  case cursor
  /// Questions of `xiecha explain --batch`.
  case explain
  /// Numbers of `xiecha check-id --batch`.
  case checkID = "check-id"

  /// Feeds one input.
  public func run(_ input: [UInt8]) throws(BrokenProperty) {
    switch self {
    case .serverConnection: try ServerConnectionInput.run(input)
    case .clientConnection: try ClientConnectionInput.run(input)
    case .messages: try MessageInput.run(input)
    case .event: try EventInput.run(input)
    case .scramServer: try ScramServerInput.run(input)
    case .scramClient: try ScramClientInput.run(input)
    case .tlsServer: try HandshakeInput.run(input, asServer: true)
    case .tlsClient: try HandshakeInput.run(input, asServer: false)
    case .csv: try CaseFileInput.run(input)
    case .calendar: try CalendarInput.run(input)
    case .cursor: try CursorInput.run(input)
    case .explain: try BatchInput.explain(input)
    case .checkID: try BatchInput.checkID(input)
    }
  }
}
