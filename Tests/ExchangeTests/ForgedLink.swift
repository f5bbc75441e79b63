import ExchangeProtos
import RPC
import TestTLS
import Testing
import Wire

/// A node of the network that says on its link whatever a test wants.
struct ForgedLink {
  let connection: RPCConnection
  let requests: MessageWriter<LinkFrame>
  let replies: MessageStream<LinkFrame>
  var sequence: UInt64 = 0

  /// - `store`: the identity of its outbox.
  /// - `inbox`: the identity of the outbox whose events it says it has, up to `sequence`.
  static func open(
    _ network: TestNetwork, as division: String, at above: String, store: String = "forged",
    inboxOf inbox: String = "", resumeAfter sequence: UInt64 = 0
  ) async throws -> ForgedLink {
    let endpoint = try #require(network[above].endpoint)
    let connection = try await RPCConnection.connect(
      to: endpoint, signIn: SignIn(name: "node:\(division)", password: Office.password),
      options: RPCConnection.Options(
        tls: try network.certificates.client(division), expectedDivision: above),
      group: Office.group)
    let (requests, replies) = await connection.exchange(Link.exchange)
    var hello = LinkHello()
    hello.division = division
    hello.outbox = store
    hello.inboxOf = inbox
    hello.resumeAfter = sequence
    var frame = LinkFrame()
    frame.frame = .hello(hello)
    try await requests.write(frame)
    return ForgedLink(connection: connection, requests: requests, replies: replies)
  }

  mutating func tell(_ bytes: [UInt8]) async throws {
    sequence += 1
    try await requests.write(ForgedLink.frame(sequence, bytes))
  }

  /// Reads until the other side objects to something.
  func objection() async throws -> LinkObjection? {
    while let frame = try await replies.next()?.frame {
      if case .objection(let objection) = frame { return objection }
    }
    return nil
  }

  func cut() async {
    replies.cancel()
    await connection.close()
  }

  static func frame(_ sequence: UInt64, _ bytes: [UInt8]) -> LinkFrame {
    var event = LinkEvent()
    event.sequence = sequence
    event.event = bytes
    var frame = LinkFrame()
    frame.frame = .event(event)
    return frame
  }
}
