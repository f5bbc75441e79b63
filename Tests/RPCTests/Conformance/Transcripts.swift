import ExchangeProtos
import NIOCore
import RPC
import Wire

/// Every conversation that `Protos/conformance` holds.
enum Transcripts {
  static let all = signingIn + calls + streams + leaving + violations + ofCallers

  // MARK: What the node answers

  /// Handlers that answer as the transcripts say.
  static func methods(_ methods: inout MethodTable) {
    methods.answer(Account.whoAmI) { _, _ in ProtocolExamples.reply }
    methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    methods.answer(Items.follow) { _, _ in FollowReply() }
    methods.answer(Items.counts) { _, _ in
      try await Task.sleep(for: .seconds(3600))
      return CountsReply()
    }
    methods.stream(Items.list) { request, _, replies in
      for reply in listed(request) { try await replies.write(reply) }
    }
    methods.exchange(Link.exchange) { requests, _, replies in
      for try await frame in requests { try await replies.write(frame) }
    }
  }

  static func listed(_ request: ListRequest) -> [ListReply] {
    (UInt8(1)...3).map { number in
      var item = ItemSummary()
      item.id = [UInt8](repeating: number, count: 16)
      if request.box == .out { item.assignedTo = String(repeating: "4", count: 700) }
      var reply = ListReply()
      reply.item = item
      reply.cursor = [number]
      return reply
    }
  }

  static let longList: ListRequest = {
    var request = ListRequest()
    request.box = .out
    return request
  }()

  static func link(_ sequence: UInt64) -> [UInt8] { StreamTests.frame(sequence).encoded() }

  static let whoAmI = Account.whoAmI.descriptor
  static let counts = Items.counts.descriptor
  static let exchange = Link.exchange.descriptor

  // MARK: Signing in

  static let signingIn = [
    Transcript("sign-in", "HELLO each way, then the sign-in: calls may be opened.") { _ in },
    Transcript(
      "wrong-password", "A wrong password, and whatever else is wrong with a sign-in.",
      replay: .refusedSignIn
    ) {
      $0.signIn()
      // The proof of another password.
      guard case .caller(var proof, let what) = $0.steps[4] else { return }
      proof.replaceSubrange(
        proof.count - 44..<proof.count, with: Array(String(repeating: "A", count: 43).utf8) + [0x3d]
      )
      $0.steps[4] = .caller(proof, what)
      $0.steps.removeLast()
      let failure = CallFailure(
        .unauthenticated, .authenticationFailed,
        "the account name or the password is wrong, or the account may not sign in now")
      $0.node("and the node closes") { $0.writeGoAway(failure, lastStream: 0) }
    },
    Transcript(
      "authentication-timeout", "A caller that does not sign in.", replay: .raw,
      limits: { $0.authenticationMilliseconds = 1000 },
      {
        $0.hellos()
        $0.event(.signInTimeIsOver)
        $0.end(.authenticationTimeout, "not authenticated within 1000 ms", lastStream: 0)
      }),
  ]

  // MARK: Calls

  static let calls = [
    Transcript("unary", "One message each way.") {
      $0.caller("\(whoAmI.fullName)") {
        $0.writeCall(1, whoAmI, WhoAmIRequest(), milliseconds: 30_000)
      }
      $0.node { $0.writeReply(1, ProtocolExamples.reply) }
    },
    Transcript("traced", "A call of a trace, which the node's HELLO has said it takes.") {
      $0.caller("\(whoAmI.fullName), of a trace") {
        $0.writeCall(
          1, whoAmI, WhoAmIRequest(), milliseconds: 30_000, trace: ProtocolExamples.trace)
      }
      $0.node { $0.writeReply(1, ProtocolExamples.reply) }
    },
    Transcript("refused-message", "A message that breaks a directive: the field is named.") {
      var request = FollowRequest()
      request.id = [1, 2, 3]
      $0.caller("xiecha.v1.Items/Follow, id of 3 bytes") { [request] in
        $0.writeCall(1, Items.follow.descriptor, request)
      }
      $0.refused(
        1, .invalidArgument, "wrong-length", field: "id", "exactly 16 bytes are needed, not 3")
    },
    Transcript("unknown-method", "A number that no method has here.") {
      $0.caller("method 0x00000001") {
        $0.writeRequestHead(
          RequestHead(method: 1, timeoutMilliseconds: 0), stream: 1, flags: [.end, .message],
          messageBytes: 0)
      }
      $0.refused(
        1, .unimplemented, "unknown-method",
        "this node has no method 0x1; it may be older than the caller")
    },
    Transcript("wrong-role", "A method that the caller's role may not call.") {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      $0.refused(
        1, .permissionDenied, "wrong-role",
        "the role countyOperator may not call xiecha.v1.Link/Exchange")
    },
    Transcript("one-message-expected", "A unary method without its message.") {
      $0.caller("\(whoAmI.fullName)") { $0.writeOpening(1, whoAmI) }
      $0.refused(
        1, .invalidArgument, "one-message-expected", "this method takes exactly one message")
    },
    Transcript(
      "message-not-expected", "A bidirectional method with a message in its REQUEST.",
      account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") {
        $0.writeCall(1, exchange, ProtocolExamples.acknowledgement)
      }
      $0.refused(
        1, .invalidArgument, "message-not-expected", "this method takes its messages after REQUEST")
    },
    Transcript("deadline-exceeded", "A call whose time is over at the node.") {
      $0.caller("\(counts.fullName), 100 ms") {
        $0.writeCall(1, counts, CountsRequest(), milliseconds: 100)
      }
      $0.refused(
        1, .deadlineExceeded, "deadline-exceeded", "the call's time is over; its work may be done")
    },
    Transcript("cancel", "A call that is given up has no result; what follows for it is ignored.") {
      $0.caller("\(counts.fullName)") { $0.writeCall(1, counts, CountsRequest()) }
      $0.caller { $0.writeCancel(stream: 1) }
      $0.caller("of a call that is over") { $0.writeCancel(stream: 1) }
      $0.caller("of a call that is over") { $0.writeCredit(1, stream: 1) }
      $0.caller { $0.writePing(1, answer: false) }
      $0.node { $0.writePing(1, answer: true) }
    },
    Transcript(
      "too-many-calls", "More calls than the node announced: shed, with a hint.",
      limits: { $0.streams = 1 },
      {
        $0.caller("\(counts.fullName)") { $0.writeCall(1, counts, CountsRequest()) }
        $0.caller("\(whoAmI.fullName)") { $0.writeCall(2, whoAmI, WhoAmIRequest()) }
        let failure = CallFailure(
          .resourceExhausted, .tooManyCalls, "this connection may have 1 calls open",
          retryAfterMilliseconds: 100)
        $0.node { $0.writeResult(failure, stream: 2) }
      }),
    Transcript("ping", "A sign of life, asked for and given.") {
      $0.caller { $0.writePing(0x0102_0304_0506_0708, answer: false) }
      $0.node { $0.writePing(0x0102_0304_0506_0708, answer: true) }
    },
  ]

  // MARK: Streams

  static let streams = [
    Transcript("stream", "One request, three messages, and a result without one.") {
      $0.caller("xiecha.v1.Items/List") {
        $0.writeCall(1, Items.list.descriptor, ProtocolExamples.list)
      }
      for reply in listed(ProtocolExamples.list) {
        $0.node { $0.writeMessage(1, reply.encoded()) }
      }
      $0.node { $0.writeResultHead(stream: 1, messageBytes: nil) }
    },
    Transcript(
      "stream-credit",
      "The caller starts each stream with 1,024 bytes: the second message overdraws, the third waits.",
      credit: 1024
    ) {
      $0.caller("xiecha.v1.Items/List") {
        $0.writeCall(1, Items.list.descriptor, longList)
      }
      let replies = listed(longList).map { $0.encoded() }
      for reply in replies.prefix(2) {
        $0.node("costs \(10 + reply.count)") { $0.writeMessage(1, reply) }
      }
      $0.caller("the first was taken") { $0.writeCredit(737, stream: 1) }
      $0.node { $0.writeMessage(1, replies[2]) }
      $0.node { $0.writeResultHead(stream: 1, messageBytes: nil) }
    },
    Transcript(
      "exchange", "Messages both ways, in step here; the caller ends, then the node.",
      account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      for sequence in UInt64(1)...2 {
        $0.caller("ack \(sequence)") { $0.writeMessage(1, link(sequence)) }
        $0.node("ack \(sequence)") { $0.writeMessage(1, link(sequence)) }
      }
      $0.caller { $0.writeMessageHead(stream: 1, flags: .end, messageBytes: 0) }
      $0.node { $0.writeResultHead(stream: 1, messageBytes: nil) }
    },
    Transcript(
      "exchange-refused", "A message that is none ends its call; the caller's next one is ignored.",
      account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      $0.caller("ff: not protobuf") { $0.writeMessage(1, [0xff]) }
      $0.caller("ack 1") { $0.writeMessage(1, link(1)) }
      $0.refused(
        1, .invalidArgument, "malformed-message",
        "the bytes are not this message; check that both sides use the same Protos")
    },
  ]
}

extension Transcript {
  /// A result that is a failure.
  mutating func refused(
    _ stream: UInt32, _ status: StatusCode, _ reason: String, field: String = "", _ text: String
  ) {
    let failure = CallFailure(status, word: reason, field: field, text)
    node("\(status.name) \(reason)") { $0.writeResult(failure, stream: stream) }
  }
}
