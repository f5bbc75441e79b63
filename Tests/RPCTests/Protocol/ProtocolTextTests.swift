import ExchangeProtos
import Foundation
import NIOCore
import Testing
import Wire

@testable import Credentials
@testable import RPC

@Suite("PROTOCOL.md says what the code does")
struct ProtocolTextTests {
  let text: ProtocolText

  init() throws { text = try ProtocolText() }

  @Test("Every example is what the code writes, and there is no other")
  func written() {
    #expect(Set(text.examples.keys) == Set(ProtocolExamples.written.map(\.name)))
    for (name, write) in ProtocolExamples.written {
      var buffer = ByteBuffer()
      write(&buffer)
      #expect(text.examples[name] == Array(buffer.readableBytesView), "example \(name)")
    }
  }

  @Test("A caller's examples are read as what they are")
  func readByNode() throws {
    let node = NodeReading()
    #expect(try node.take(text, "hello") == .greeted)
    #expect(try node.take(text, "client-first") == .authenticate(.clientFirst))
    #expect(try node.take(text, "client-final") == .authenticate(.clientFinal))
    node.authenticated()
    let call = RequestHead(
      method: Account.whoAmI.descriptor.number, timeoutMilliseconds: 30_000)
    #expect(
      try node.take(text, "request-unary")
        == .open(stream: 1, head: call, hasMessage: true, ended: true))
    let list = RequestHead(method: Items.list.descriptor.number, timeoutMilliseconds: 0)
    #expect(
      try node.take(text, "request-stream")
        == .open(stream: 3, head: list, hasMessage: true, ended: true))
    node.keep(stream: 3, ended: true)
    #expect(try node.take(text, "credit") == .nothing)
    let link = RequestHead(method: Link.exchange.descriptor.number, timeoutMilliseconds: 0)
    #expect(
      try node.take(text, "request-exchange")
        == .open(stream: 7, head: link, hasMessage: false, ended: false))
    node.keep(stream: 7, ended: false)
    let traced = RequestHead(
      method: Account.whoAmI.descriptor.number, timeoutMilliseconds: 30_000,
      trace: ProtocolExamples.trace)
    #expect(
      try node.take(text, "request-traced")
        == .open(stream: 9, head: traced, hasMessage: true, ended: true))
    #expect(
      try node.take(text, "message") == .deliver(stream: 7, hasMessage: true, ended: false))
    #expect(
      try node.take(text, "message-last") == .deliver(stream: 7, hasMessage: false, ended: true))
    #expect(try node.take(text, "cancel") == .cancel(stream: 3))
    #expect(try node.take(text, "ping") == .answerPing(7))
    #expect(try node.take(text, "ping-answer") == .nothing)
  }

  @Test("A node's examples are read as what they are")
  func readByCaller() throws {
    let caller = CallerReading()
    #expect(try caller.take(text, "hello") == .greeted)
    #expect(try caller.take(text, "server-first") == .authenticate(.serverFirst))
    #expect(try caller.take(text, "server-final") == .authenticate(.serverFinal))
    caller.authenticated()
    for stream in UInt32(1)...7 { #expect(try caller.open() == stream) }
    #expect(
      try caller.take(text, "result-message") == .succeed(stream: 1, hasMessage: true))
    #expect(try caller.take(text, "credit") == .nothing)
    #expect(
      try caller.take(text, "result-empty") == .succeed(stream: 3, hasMessage: false))
    #expect(
      try caller.take(text, "result-failure") == .fail(stream: 5, ProtocolExamples.failure))
    #expect(try caller.take(text, "message") == .deliver(stream: 7))
    #expect(
      try caller.take(text, "go-away")
        == .goAway(lastStream: 7, ProtocolExamples.draining))
  }

  @Test("The example of a sign-in is one")
  func signIn() {
    let scram = ProtocolExamples.scram
    let messages = [
      scram.clientFirst, scram.serverFirst, scram.clientFinal, scram.serverFinal,
    ]
    #expect(text.scram == messages.map { String(decoding: $0, as: UTF8.self) })
    let salted = SHA256Functions.saltedPassword(
      Array(ScramExample.password.utf8), salt: ScramExample.salt, iterations: 4096)
    let isThere = text.text.contains(salted.map { String(format: "%02x", $0) }.joined())
    #expect(isThere, "the salted password")
  }

  @Test(
    "Every method stands there with its number, shape, roles and whether it is idempotent",
    arguments: ProtoCatalogue.methods)
  func method(_ method: MethodDescriptor) throws {
    let found = text.row(method.fullName)
    let row = try #require(found, "section 16 lacks \(method.fullName)")
    #expect(row[1] == "0x" + String(format: "%08x", method.number))
    let shape =
      switch method.shape {
      case .unary: "unary"
      case .serverStreaming: "server-streaming"
      case .bidirectional: "bidirectional"
      }
    #expect(row[2] == shape)
    #expect(row[5] == (method.isIdempotent ? "yes" : "no"))
    for role in Role.allCases {
      let isListed =
        row[4] == "everyone" || row[4] == (role.isNode ? "every node" : "every person")
        || row[4].components(separatedBy: ", ").contains(role.rawValue)
      let mayCall = PermissionTable.scope(of: role, calling: method.fullName) != nil
      #expect(isListed == mayCall, "\(role.rawValue)")
    }
  }

  @Test("A method's number follows from its name", arguments: ProtoCatalogue.methods)
  func number(_ method: MethodDescriptor) {
    var hash: UInt32 = 0x811c_9dc5
    for byte in method.fullName.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    #expect(method.number == hash)
  }

  @Test("Every status stands there with its number", arguments: StatusCode.allCases)
  func status(_ status: StatusCode) {
    let isThere = text.hasRow("\(status.rawValue)", status.name)
    #expect(isThere)
  }

  @Test("Every connection error with its status", arguments: WireViolation.Reason.allCases)
  func violation(_ reason: WireViolation.Reason) {
    let isThere = text.hasRow(reason.rawValue, WireViolation(reason, "").status.name)
    #expect(isThere)
  }

  @Test("Every frame type with its number", arguments: FrameType.allCases)
  func type(_ type: FrameType) {
    let isThere = text.hasRow("\(type.rawValue)", "\(type)".uppercased())
    #expect(isThere)
  }

  @Test("Every refusal of a message", arguments: MessageRefusal.Reason.allCases)
  func refusal(_ reason: MessageRefusal.Reason) {
    let isThere = text.row(reason.rawValue) != nil
    #expect(isThere)
  }

  @Test("Every reason that a node or a caller gives", arguments: FailureReason.allCases)
  func reason(_ reason: FailureReason) {
    let isThere = text.row(reason.rawValue) != nil
    #expect(isThere)
  }

  @Test("No reason that nobody gives")
  func noOtherReasons() {
    let known = Set(FailureReason.allCases.map(\.rawValue))
      .union(WireViolation.Reason.allCases.map(\.rawValue))
      .union(MessageRefusal.Reason.allCases.map(\.rawValue))
    let listed = text.rows(below: "Reason").compactMap(\.first)
    #expect(listed.count >= known.count)
    #expect(Set(listed).subtracting(known) == [])
  }

  /// A table of numbers as the text writes them.
  static let limits: [(String, Int, String)] = {
    let limits = WireLimits.standard
    return [
      ("longest payload", limits.frameBytes, "# bytes"),
      ("calls open on a connection", limits.streams, "#"),
      ("bidirectional calls among them", limits.exchanges, "#"),
      ("credit that a stream starts with", limits.streamCreditBytes, "# bytes"),
      ("silence", limits.silenceMilliseconds, "# ms"),
      (
        "longest payload before the sign-in is done", limits.unauthenticatedFrameBytes, "# bytes"
      ),
      ("TLS and sign-in", limits.authenticationMilliseconds, "# ms"),
      ("pings answered", limits.pingsPerWindow, "# in 10,000 ms"),
      ("cancels", limits.cancelsPerWindow, "# in 10,000 ms"),
      (
        "output that waits for a peer", limits.waitingOutputBytes, "# bytes"
      ),
      (
        "the same, with results of calls that were under way", limits.unreadOutputBytes, "# bytes"
      ),
      ("credit of a stream", WireLimits.largestCreditBytes, "# bytes"),
    ]
  }()

  @Test("The standard limits", arguments: limits)
  func limit(name: String, value: Int, form: String) {
    #expect(WireLimits.standard.floodWindowMilliseconds == 10_000)
    let digits = Array("\(value)")
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    let isThere = text.hasRow(name, form.replacingOccurrences(of: "#", with: grouped))
    #expect(isThere, "\(name): \(grouped)")
  }

  @Test("How often a caller tries again, and how long it waits")
  func again() {
    let (first, longest) = (Int(Backoff.firstMilliseconds), Int(Backoff.longestMilliseconds))
    let isThere =
      text.text.contains("at most \(RetryPolicy().attempts) attempts")
      && text.text.contains("at first up to \(first) ms, doubled up to \(longest / 1000) s")
    #expect(isThere)
  }

  @Test("The limits of a whole node")
  func nodeLimits() throws {
    let options = RPCServer.Options(tls: try Network.serverContext(), decoySecret: [])
    let isThere =
      text.hasRow("connections of a node", "12,000")
      && text.hasRow("connections of an account", "256")
      && text.hasRow(
        "connections in their handshake or sign-in at once", "64, each for 100 ms at most")
      && text.hasRow(
        "calls under way at a node",
        "4,096, or as many as take under 1/16 of their time; once half are taken, 64 for an account"
      )
    #expect(isThere)
    #expect(options.connections == 12_000 && options.connectionsPerAccount == 256)
    #expect(options.calls == 4096 && CallLimit(largest: options.calls).fairCalls == 64)
    #expect(SignInGate.places == 64 && SignInGate.holdMilliseconds == 100)
  }
}

/// A node's machine that reads examples.
private final class NodeReading {
  private var machine = ServerStateMachine(limits: .standard, now: 0)

  func take(_ text: ProtocolText, _ example: String) throws -> ServerStateMachine.OnFrame? {
    var bytes = ByteBuffer(bytes: text.examples[example] ?? [])
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    reader.append(&bytes)
    return try reader.next { header, payload throws(WireViolation) in
      try machine.received(header, payload, now: 0)
    }
  }

  func authenticated() { machine.authenticated() }
  func keep(stream: UInt32, ended: Bool) { machine.keep(stream: stream, ended: ended) }
}

/// A caller's machine that reads examples.
private final class CallerReading {
  private var machine = ClientStateMachine(limits: .standard, now: 0)

  func take(_ text: ProtocolText, _ example: String) throws -> ClientStateMachine.OnFrame? {
    var bytes = ByteBuffer(bytes: text.examples[example] ?? [])
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    reader.append(&bytes)
    return try reader.next { header, payload throws(WireViolation) in
      try machine.received(header, payload, now: 0)
    }
  }

  func authenticated() { machine.authenticated() }
  func open() throws -> UInt32 { try machine.open(payloadBytes: 8) }
}
