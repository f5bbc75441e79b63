import ExchangeProtos
import NIOCore
import Wire

@testable import Credentials

/// What the examples of `PROTOCOL.md` are made of, written by the code.
enum ProtocolExamples {
  static let scram: ScramExample = {
    do {
      return try ScramExample()
    } catch {
      fatalError("the example's sign-in fails: \(error)")
    }
  }()

  static let failure = CallFailure(
    .invalidArgument, .missingField, field: "item.subject.name",
    "a value is required; fill it in")
  static let draining = CallFailure(
    .unavailable, .draining, "the node is being stopped; connect again")

  /// The example of W3C Trace Context.
  static let trace = TraceContext(bytes: [
    0x00, 0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80,
    0x31, 0x9c, 0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31, 0x01,
  ])

  static var reply: WhoAmIReply {
    var actor = Actor()
    actor.account = "zhang.li"
    actor.role = Role.countyOperator.rawValue
    actor.division = "440306"
    var reply = WhoAmIReply()
    reply.actor = actor
    reply.node = "440306"
    return reply
  }

  static var acknowledgement: LinkFrame {
    var ack = LinkAck()
    ack.sequence = 42
    var frame = LinkFrame()
    frame.frame = .ack(ack)
    return frame
  }

  static var list: ListRequest {
    var request = ListRequest()
    request.box = .in
    return request
  }

  /// Each example's name and how the code writes it.
  static let written: [(name: String, write: @Sendable (inout ByteBuffer) -> Void)] = [
    ("hello", { $0.writeHello(Hello(.standard)) }),
    ("client-first", { $0.writeAuthenticate(.clientFirst, scram.clientFirst) }),
    ("server-first", { $0.writeAuthenticate(.serverFirst, scram.serverFirst) }),
    ("client-final", { $0.writeAuthenticate(.clientFinal, scram.clientFinal) }),
    ("server-final", { $0.writeAuthenticate(.serverFinal, scram.serverFinal) }),
    (
      "request-unary",
      { $0.writeCall(1, Account.whoAmI.descriptor, WhoAmIRequest(), milliseconds: 30_000) }
    ),
    (
      "request-traced",
      {
        $0.writeCall(
          9, Account.whoAmI.descriptor, WhoAmIRequest(), milliseconds: 30_000, trace: trace)
      }
    ),
    ("request-stream", { $0.writeCall(3, Items.list.descriptor, list) }),
    ("request-exchange", { $0.writeOpening(7, Link.exchange.descriptor) }),
    ("message", { $0.writeMessage(7, acknowledgement.encoded()) }),
    ("message-last", { $0.writeMessageHead(stream: 7, flags: .end, messageBytes: 0) }),
    ("result-message", { $0.writeReply(1, reply) }),
    ("result-empty", { $0.writeResultHead(stream: 3, messageBytes: nil) }),
    ("result-failure", { $0.writeResult(failure, stream: 5) }),
    ("cancel", { $0.writeCancel(stream: 3) }),
    ("credit", { $0.writeCredit(131_088, stream: 3) }),
    ("ping", { $0.writePing(7, answer: false) }),
    ("ping-answer", { $0.writePing(7, answer: true) }),
    ("go-away", { $0.writeGoAway(draining, lastStream: 7) }),
  ]
}

/// One sign-in with everything random fixed.
struct ScramExample {
  static let password = "correct horse"
  static let salt = [UInt8](0..<16)
  static let binding = [UInt8](0x80..<0xa0)

  let clientFirst: [UInt8]
  let serverFirst: [UInt8]
  let clientFinal: [UInt8]
  let serverFinal: [UInt8]

  init(name: String = "zhang.li") throws {
    var client = try ScramClient(
      name: name, password: ScramExample.password,
      binding: .tlsExporter(ScramExample.binding), cached: nil,
      nonce: Array("fyko+d2lbbFgONRv9qkxdawL".utf8))
    var server = ScramServer(
      binding: .tlsExporter(ScramExample.binding), decoySecret: [],
      serverNonce: Array("3rfcNHYJY1ZVvWVs7j4tMkpQ".utf8))
    clientFirst = client.clientFirst()
    _ = try server.clientFirst(clientFirst)
    serverFirst = server.serverFirst(
      verifier: ScramVerifier(
        password: ScramExample.password, salt: ScramExample.salt, iterations: 4096))
    clientFinal = try client.clientFinal(serverFirst: serverFirst)
    serverFinal = try server.clientFinal(clientFinal)
    try client.finish(serverFinal: serverFinal)
  }
}

extension ByteBuffer {
  /// A call with its one message.
  mutating func writeCall(
    _ stream: UInt32, _ method: MethodDescriptor, _ request: some ProtoMessage,
    milliseconds: UInt32 = 0, trace: TraceContext? = nil
  ) {
    let message = request.encoded()
    writeRequestHead(
      RequestHead(method: method.number, timeoutMilliseconds: milliseconds, trace: trace),
      stream: stream, flags: [.end, .message], messageBytes: message.count)
    writeBytes(message)
  }

  /// A call whose messages follow.
  mutating func writeOpening(
    _ stream: UInt32, _ method: MethodDescriptor, milliseconds: UInt32 = 0
  ) {
    writeRequestHead(
      RequestHead(method: method.number, timeoutMilliseconds: milliseconds), stream: stream,
      flags: [], messageBytes: 0)
  }

  mutating func writeMessage(_ stream: UInt32, _ message: [UInt8], ended: Bool = false) {
    writeMessageHead(
      stream: stream, flags: ended ? [.end, .message] : .message, messageBytes: message.count)
    writeBytes(message)
  }

  mutating func writeReply(_ stream: UInt32, _ reply: some ProtoMessage) {
    let message = reply.encoded()
    writeResultHead(stream: stream, messageBytes: message.count)
    writeBytes(message)
  }
}
