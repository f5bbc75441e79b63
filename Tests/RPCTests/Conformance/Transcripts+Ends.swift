import ExchangeProtos
import NIOCore
import Wire

/// How connections end.
extension Transcripts {
  static let done = CallFailure(.cancelled, .done, "the client has nothing more to ask")

  static let leaving = [
    Transcript(
      "caller-leaves", "A caller that has nothing more to ask takes the results of its open calls.",
      account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      $0.caller("done") { $0.writeGoAway(done, lastStream: 0) }
      $0.caller("ack 1") { $0.writeMessage(1, link(1), ended: true) }
      $0.node("ack 1") { $0.writeMessage(1, link(1)) }
      $0.node("and the node closes") { $0.writeResultHead(stream: 1, messageBytes: nil) }
    },
    Transcript(
      "drain", "A node that is being stopped answers what is open and ignores new calls.",
      account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      $0.caller("ack 1") { $0.writeMessage(1, link(1)) }
      $0.node("ack 1") { $0.writeMessage(1, link(1)) }
      $0.event(.drain)
      $0.node("draining") { $0.writeGoAway(ProtocolExamples.draining, lastStream: 1) }
      $0.caller("ignored") { $0.writeOpening(2, exchange) }
      $0.caller("ignored") { $0.writeMessage(2, link(9)) }
      $0.caller("ack 2") { $0.writeMessage(1, link(2), ended: true) }
      $0.node("ack 2") { $0.writeMessage(1, link(2)) }
      $0.node("and the node closes") { $0.writeResultHead(stream: 1, messageBytes: nil) }
    },
  ]

  // MARK: Broken rules, one of each

  static let violations = [
    Transcript("unknown-frame-type", "A type that version 1 does not have.") {
      $0.caller { $0.writeBytes([0, 0, 0, 0, 10, 0, 0, 0, 0, 0]) }
      $0.end(.unknownFrameType, "frame type 10 is not one of this version", lastStream: 0)
    },
    Transcript("frame-too-long", "A length past what the node announced: the header is enough.") {
      $0.caller { $0.writeBytes([0, 0x10, 0, 1, 3, 3, 0, 0, 0, 1]) }
      $0.end(
        .frameTooLong, "a frame of 1048577 bytes where 1048576 are allowed", lastStream: 0)
    },
    Transcript(
      "frame-too-long-before-sign-in", "4,096 bytes are the most before the sign-in.", replay: .raw
    ) {
      $0.hellos()
      $0.caller { $0.writeBytes([0, 0, 0x10, 1, 2, 0, 0, 0, 0, 0]) }
      $0.end(.frameTooLong, "a frame of 4097 bytes where 4096 are allowed", lastStream: 0)
    },
    Transcript("malformed-frame", "A payload that has not the form of its type.") {
      $0.caller("of 3 bytes") {
        $0.writeBytes([0, 0, 0, 3, 8, 0, 0, 0, 0, 0, 1, 2, 3])
      }
      $0.end(.malformedFrame, "PING needs 8 bytes", lastStream: 0)
    },
    Transcript(
      "malformed-hello", "Limits in HELLO that no call could keep.", replay: .raw
    ) { transcript in
      transcript.node { $0.writeHello(Hello(.standard)) }
      var hello = Hello(.standard)
      hello.frameBytes = 4095
      transcript.caller("longest payload 4,095") { [hello] in $0.writeHello(hello) }
      transcript.end(
        .malformedFrame, "HELLO announces limits that no call could keep", lastStream: 0)
    },
    Transcript(
      "unexpected-frame", "A call before the sign-in is done.", replay: .raw
    ) {
      $0.hellos()
      $0.caller { $0.writeCall(1, whoAmI, WhoAmIRequest()) }
      $0.end(.unexpectedFrame, "request has no place here", lastStream: 0)
    },
    Transcript("unsupported-version", "Version 0.", replay: .raw) {
      $0.node { $0.writeHello(Hello(.standard)) }
      $0.caller("version 0") { $0.writeHello(Hello(.standard, version: 0)) }
      $0.end(.unsupportedVersion, "version 0; this side speaks 1; update the other", lastStream: 0)
    },
    Transcript("bad-stream", "A stream number that was used before.") {
      $0.caller("\(counts.fullName)") { $0.writeCall(2, counts, CountsRequest()) }
      $0.caller("\(counts.fullName)") { $0.writeCall(1, counts, CountsRequest()) }
      $0.end(.badStream, "call 1 is not above the last, 2", lastStream: 2)
    },
    Transcript(
      "credit-exceeded", "A message where no credit is left; the one before it overdrew.",
      account: "node:440306", limits: { $0.streamCreditBytes = 1024 },
      {
        $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
        $0.caller("costs 1,037: overdraws by 13") { $0.writeMessage(1, skipped) }
        $0.caller("no credit is left") { $0.writeMessage(1, link(1)) }
        $0.end(.creditExceeded, "a message came where no credit was left", lastStream: 1)
      }),
    Transcript(
      "credit-overflow", "Credit of more than 2^30 bytes.", account: "node:440306"
    ) {
      $0.caller("\(exchange.fullName)") { $0.writeOpening(1, exchange) }
      $0.caller("1,073,741,824 bytes more") { $0.writeCredit(1 << 30, stream: 1) }
      $0.end(.creditOverflow, "credit past 1073741824 bytes", lastStream: 1)
    },
    Transcript(
      "too-many-pings", "More pings than the node answers; its limit here is 2 in 10 s.",
      limits: { $0.pingsPerWindow = 2 },
      { transcript in
        for token in UInt64(1)...3 { transcript.caller { $0.writePing(token, answer: false) } }
        for token in UInt64(1)...2 { transcript.node { $0.writePing(token, answer: true) } }
        transcript.end(.tooManyPings, "3 pings within 10000 ms", lastStream: 0)
      }),
    Transcript(
      "too-many-cancels", "Rapid reset; the node's limit here is 2 in 10 s.",
      limits: { $0.cancelsPerWindow = 2 },
      { transcript in
        for stream in UInt32(1)...3 {
          transcript.caller("\(counts.fullName)") { $0.writeCall(stream, counts, CountsRequest()) }
          transcript.caller { $0.writeCancel(stream: stream) }
        }
        transcript.end(.tooManyCancels, "3 calls given up within 10000 ms", lastStream: 3)
      }),
    Transcript(
      "silent", "A caller that shows no sign of life.", limits: { $0.silenceMilliseconds = 1000 },
      {
        $0.event(.silence)
        $0.end(.silent, "nothing came for 1000 ms", lastStream: 0)
      }),
    Transcript(
      "slow-reader", "A caller that does not read; this GOAWAY will hardly reach it.", replay: .none
    ) {
      $0.signIn()
      $0.event(.unread)
      $0.end(.slowReader, "more than 8388608 bytes wait to be read", lastStream: 0)
    },
  ]

  /// A `LinkFrame` of 1,027 bytes: a field that no version knows.
  static let skipped = [0x7a, 0x80, 0x08] + [UInt8](repeating: 0, count: 1024)

  // MARK: Rules that a node breaks

  static let ofCallers = [
    Transcript(
      "caller-server-not-proven", "A node that cannot prove that it knows the password.",
      replay: .none
    ) {
      $0.signIn()
      $0.steps.removeLast()
      $0.node("step 4, of another password") {
        $0.writeAuthenticate(
          .serverFinal, Array("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".utf8))
      }
      let failure = CallFailure(
        .unauthenticated, .serverNotProven,
        "the node could not prove that it knows the password")
      $0.caller("and the caller closes") { $0.writeGoAway(failure, lastStream: 0) }
    },
    Transcript(
      "caller-bad-stream", "A result of a call that was never opened.", replay: .none
    ) {
      $0.signIn()
      $0.node { $0.writeResultHead(stream: 1, messageBytes: nil) }
      $0.callerEnds(.badStream, "stream 1 was never opened")
    },
    Transcript(
      "caller-credit-exceeded", "A node that sends past the credit that it was given.",
      replay: .none, credit: 1024
    ) {
      $0.signIn()
      $0.caller("xiecha.v1.Items/List") {
        $0.writeCall(1, Items.list.descriptor, longList)
      }
      for reply in listed(longList) { $0.node { $0.writeMessage(1, reply.encoded()) } }
      $0.callerEnds(.creditExceeded, "a message came where no credit was left")
    },
    Transcript(
      "caller-malformed-frame", "A failure that ends too early.", replay: .none
    ) {
      $0.signIn()
      $0.caller("\(whoAmI.fullName)") { $0.writeCall(1, whoAmI, WhoAmIRequest()) }
      $0.node("of 3 bytes") {
        $0.writeBytes([0, 0, 0, 3, 5, 0, 0, 0, 0, 1, 13, 0, 0])
      }
      $0.callerEnds(.malformedFrame, "a failure of 3 bytes that ends too early")
    },
  ]
}

extension Transcript {
  /// The caller ends the connection because of a broken rule.
  mutating func callerEnds(_ reason: WireViolation.Reason, _ text: String) {
    let failure = WireViolation(reason, text).failure
    caller("and the caller closes") { $0.writeGoAway(failure, lastStream: 0) }
  }
}
