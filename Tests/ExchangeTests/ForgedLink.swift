import ExchangeProtos
import Ledger
import RPC
import TLS
import TestTLS
import Testing
import Wire

@testable import Exchange

/// A node of the network that says on its link whatever a test wants.
struct ForgedLink {
  let connection: RPCConnection
  let requests: MessageWriter<LinkFrame>
  let replies: MessageStream<LinkFrame>
  let division: String
  let certificates: TestCertificates
  var sequence: UInt64 = 0

  /// - `store`: the identity of its outbox.
  /// - `inbox`: the identity of the outbox whose events it says it has, up to `sequence`.
  static func open(
    _ network: TestNetwork, as division: String, at above: String, store: String = "forged",
    inboxOf inbox: String = "", resumeAfter sequence: UInt64 = 0,
    saying say: (inout LinkHello) -> Void = { _ in }
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
    say(&hello)
    var frame = LinkFrame()
    frame.frame = .hello(hello)
    try await requests.write(frame)
    let link = ForgedLink(
      connection: connection, requests: requests, replies: replies, division: division,
      certificates: network.certificates)
    // A hello that was refused has ended the link.
    try? await link.introduce(division)
    return link
  }

  /// Shows the certificate of a node.
  func introduce(_ division: String) async throws {
    let signatory = try SigningKey(certificates.configuration(of: division)).signatory
    var certificate = LinkCertificate()
    certificate.certificate = signatory.certificate
    certificate.authorities = signatory.authorities
    var frame = LinkFrame()
    frame.frame = .certificate(certificate)
    try await requests.write(frame)
  }

  /// Tells of an event, sealed by this node unless it bears a seal already.
  mutating func tell(_ bytes: [UInt8], isSealed: Bool = true) async throws {
    sequence += 1
    var bytes = bytes
    let event = try? DetailedEvent(bytes: bytes)
    if isSealed, event?.stored.seal.isEmpty == true {
      bytes = try ForgedSeal.seal(bytes, by: division, certificates)
    }
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
