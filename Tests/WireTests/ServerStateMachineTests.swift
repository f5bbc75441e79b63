import NIOCore
import Testing
import Wire

@Suite("A server's connection: which frame may come when")
struct ServerStateMachineTests {
  @Test("HELLO, authentication, then calls")
  func theWayIn() throws {
    let machine = ServerUnderTest()
    #expect(machine.largestPayloadBytes == 1024)
    let said = try machine.take {
      $0.writeHello(Hello(.small))
      $0.writeAuthenticate(.clientFirst, [1])
      $0.writeAuthenticate(.clientFinal, [2])
    }
    #expect(said == [.greeted, .authenticate(.clientFirst), .authenticate(.clientFinal)])
    #expect(!machine.isOpen)
    machine.authenticated()
    #expect(machine.isOpen)
    #expect(machine.largestPayloadBytes == 16 << 10)
    let head = RequestHead(method: 7, timeoutMilliseconds: 0)
    #expect(
      try machine.take { $0.writeRequest(1) }
        == [.open(stream: 1, head: head, hasMessage: true, ended: true)])
  }

  /// What an unauthenticated peer may not send, each as its first frame and after `HELLO`.
  static let tooEarly: [(String, @Sendable (inout ByteBuffer) -> Void)] = [
    ("a request", { $0.writeRequest(1) }),
    ("a message", { $0.writeMessage(1, []) }),
    ("a cancel", { $0.writeCancel(stream: 1) }),
    ("credit", { $0.writeCredit(10, stream: 1) }),
    ("a ping", { $0.writePing(1, answer: false) }),
    ("the client's proof", { $0.writeAuthenticate(.clientFinal, []) }),
    ("a server's step", { $0.writeAuthenticate(.serverFirst, []) }),
  ]

  @Test("Before authentication nothing is taken", arguments: tooEarly, [false, true])
  func beforeAuthentication(
    frame: (String, @Sendable (inout ByteBuffer) -> Void), afterHello: Bool
  ) throws {
    let machine = ServerUnderTest()
    if afterHello { _ = try machine.take { $0.writeHello(Hello(.small)) } }
    #expect { _ = try machine.take(frame.1) } throws: {
      ($0 as? WireViolation)?.reason == .unexpectedFrame
    }
  }

  /// What breaks an open connection, and what it is called.
  static let violations: [(WireViolation.Reason, @Sendable (inout ByteBuffer) -> Void)] = [
    (.unexpectedFrame, { $0.writeHello(Hello(.small)) }),
    (.unexpectedFrame, { $0.writeAuthenticate(.clientFirst, [1]) }),
    (.unexpectedFrame, { $0.writeResultHead(stream: 1, messageBytes: nil) }),
    (.badStream, { $0.writeRequest(0) }),
    (
      .badStream,
      {
        $0.writeRequest(5)
        $0.writeRequest(5)
      }
    ),
    (
      .badStream,
      {
        $0.writeRequest(5)
        $0.writeRequest(4)
      }
    ),
    (
      .unexpectedFrame,
      {
        $0.writeGoAway(CallFailure(.cancelled, .done, ""), lastStream: 0)
        $0.writeRequest(1)
      }
    ),
    (.badStream, { $0.writeHeader(FrameHeader(.hello, stream: 1, payloadBytes: 0)) }),
    (.badStream, { $0.writeHeader(FrameHeader(.authenticate, stream: 1, payloadBytes: 0)) }),
    (.badStream, { $0.writeHeader(FrameHeader(.ping, stream: 1, payloadBytes: 0)) }),
    (.badStream, { $0.writeHeader(FrameHeader(.goAway, stream: 1, payloadBytes: 0)) }),
    (.badStream, { $0.writeMessage(9, []) }),
    (.badStream, { $0.writeCancel(stream: 9) }),
    (.badStream, { $0.writeCredit(1, stream: 0) }),
    (.malformedFrame, { $0.writeHeader(FrameHeader(.request, stream: 1, payloadBytes: 0)) }),
    (.malformedFrame, { $0.writeHeader(FrameHeader(.ping, stream: 0, payloadBytes: 0)) }),
    (.malformedFrame, { $0.writeHeader(FrameHeader(.credit, stream: 1, payloadBytes: 0)) }),
    (.malformedFrame, { $0.writeHeader(FrameHeader(.goAway, stream: 0, payloadBytes: 0)) }),
    (
      .malformedFrame,
      {
        $0.writeHeader(FrameHeader(.authenticate, stream: 0, payloadBytes: 1))
        $0.writeInteger(UInt8(9))
      }
    ),
    (
      .frameTooLong, { $0.writeHeader(FrameHeader(.request, stream: 1, payloadBytes: 16385)) }
    ),
    (.unknownFrameType, { $0.writeBytes([0, 0, 0, 0, 77, 0, 0, 0, 0, 1]) }),
    (.badStream, { $0.writeBytes([0, 0, 0, 0, 3, 0, 0x80, 0, 0, 0]) }),
    (
      .tooManyPings,
      { buffer in for token in 0..<4 { buffer.writePing(UInt64(token), answer: false) } }
    ),
  ]

  @Test("A broken rule has its name", arguments: violations)
  func violation(
    expected: WireViolation.Reason, frames: @Sendable (inout ByteBuffer) -> Void
  ) throws {
    let machine = try ServerUnderTest.opened()
    #expect { _ = try machine.take(frames) } throws: {
      ($0 as? WireViolation)?.reason == expected
    }
  }

  /// Limits that a peer may not announce: frame, credit and silence.
  static let uselessLimits: [(UInt32, UInt32, UInt32)] = [
    (4095, 1024, 1000), (4096, 1023, 1000), (4096, 1024, 999), (4096, (1 << 30) + 1, 1000),
  ]

  @Test("HELLO with limits that no call could keep is refused", arguments: uselessLimits)
  func uselessHello(frame: UInt32, credit: UInt32, silence: UInt32) throws {
    var hello = Hello(.small)
    hello.frameBytes = frame
    hello.streamCreditBytes = credit
    hello.silenceMilliseconds = silence
    #expect { _ = try ServerUnderTest().take { $0.writeHello(hello) } } throws: {
      ($0 as? WireViolation)?.reason == .malformedFrame
    }
  }

  @Test("A version below 1 is refused; a later one is taken, whatever features and more it appends")
  func versions() throws {
    #expect {
      _ = try ServerUnderTest().take { $0.writeHello(Hello(.small, version: 0)) }
    } throws: { ($0 as? WireViolation)?.reason == .unsupportedVersion }
    let appended: [[UInt8]] = [
      [], [0xff, 0xff], [0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0, 0xff, 0xff],
    ]
    for rest in appended {
      let said = try ServerUnderTest().take {
        $0.writeHeader(FrameHeader(.hello, stream: 0, payloadBytes: 18 + rest.count))
        $0.writeMultipleIntegers(
          UInt16(2), UInt32(4096), UInt32(0), UInt32(1024), UInt32(1000))
        $0.writeBytes(rest)
      }
      #expect(said == [.greeted])
    }
  }

  @Test("A reply that the peer would not take is refused before it is sent")
  func longReply() throws {
    let machine = try ServerUnderTest.opened()
    try machine.checkSize(payloadBytes: 16 << 10)
    #expect { try machine.checkSize(payloadBytes: (16 << 10) + 1) } throws: {
      ($0 as? CallFailure)?.reason == "reply-too-long"
    }
  }

  @Test("A message past the credit ends the connection; one may overdraw")
  func credit() throws {
    let machine = try ServerUnderTest.opened()
    _ = try machine.take { $0.writeRequest(1, message: nil, ended: false) }
    machine.keep(stream: 1, ended: false)
    let long = [UInt8](repeating: 0, count: 2000)
    #expect(
      try machine.take { $0.writeMessage(1, long) }
        == [.deliver(stream: 1, hasMessage: true, ended: false)])
    #expect { _ = try machine.take { $0.writeMessage(1, [1]) } } throws: {
      ($0 as? WireViolation)?.reason == .creditExceeded
    }
  }

  @Test("What was taken is granted again, in halves of the window")
  func grants() throws {
    let machine = try ServerUnderTest.opened()
    _ = try machine.take { $0.writeRequest(1, message: nil, ended: false) }
    machine.keep(stream: 1, ended: false)
    var granted: UInt32 = 0
    for _ in 0..<200 {
      _ = try machine.take { $0.writeMessage(1, [UInt8](repeating: 0, count: 100)) }
      granted += machine.consumed(stream: 1, payloadBytes: 100) ?? 0
    }
    #expect(granted > 200 * 110 - 1024)
  }

  @Test("Sending waits for credit and goes on with it; credit past the largest is refused")
  func sending() throws {
    let machine = try ServerUnderTest.opened()
    _ = try machine.take { $0.writeRequest(1) }
    machine.keep(stream: 1, ended: true)
    #expect(machine.maySend(stream: 1) == true)
    machine.sent(stream: 1, payloadBytes: 1014)
    #expect(machine.maySend(stream: 1) == false)
    #expect(try machine.take { $0.writeCredit(10, stream: 1) } == [.resume(stream: 1)])
    #expect { _ = try machine.take { $0.writeCredit(1 << 30, stream: 1) } } throws: {
      ($0 as? WireViolation)?.reason == .creditOverflow
    }
  }

  @Test("One call over the limit is refused; the connection lives")
  func tooManyCalls() throws {
    let machine = try ServerUnderTest.opened()
    for stream in 1...3 {
      _ = try machine.take { $0.writeRequest(UInt32(stream)) }
      machine.keep(stream: UInt32(stream), ended: true)
    }
    guard case .refuse(4, let failure)? = try machine.take({ $0.writeRequest(4) }).first else {
      Issue.record("the fourth call was not refused")
      return
    }
    #expect(failure.status == .resourceExhausted)
    #expect(failure.retryAfterMilliseconds > 0)
    #expect(machine.finish(stream: 1))
    guard case .open = try machine.take({ $0.writeRequest(5) }).first else {
      Issue.record("no call was taken after one had ended")
      return
    }
  }

  @Test("Rapid reset is counted, also of calls that are over")
  func rapidReset() throws {
    let machine = try ServerUnderTest.opened()
    for stream in UInt32(1)...3 {
      _ = try machine.take(now: 10) {
        $0.writeRequest(stream)
        $0.writeCancel(stream: stream)
      }
    }
    #expect {
      _ = try machine.take(now: 20) {
        $0.writeRequest(4)
        $0.writeCancel(stream: 4)
      }
    } throws: { ($0 as? WireViolation)?.reason == .tooManyCancels }
  }

  @Test("A drained connection ignores new calls and ends with its last one")
  func draining() throws {
    let machine = try ServerUnderTest.opened()
    _ = try machine.take { $0.writeRequest(1) }
    machine.keep(stream: 1, ended: true)
    machine.drain()
    #expect(!machine.isDone)
    #expect(try machine.take { $0.writeRequest(2) } == [.nothing])
    #expect(try machine.take { $0.writeMessage(2, []) } == [.nothing])
    #expect(machine.finish(stream: 1))
    #expect(machine.isDone)
  }

  @Test("Time: authentication ends, silence ends, pings come before")
  func time() throws {
    let waiting = ServerUnderTest()
    #expect(try waiting.tick(now: 4_999) == nil)
    #expect(reason { _ = try waiting.tick(now: 5_000) } == .authenticationTimeout)
    let silent = try ServerUnderTest.opened()
    #expect(reason { _ = try silent.tick(now: 9_000) } == .silent)
    let open = try ServerUnderTest.opened()
    #expect(try open.tick(now: 2_999) == nil)
    #expect(try open.tick(now: 3_000) != nil)
    #expect(try open.tick(now: 3_001) == nil)
  }

  private func reason(_ work: () throws -> Void) -> WireViolation.Reason? {
    do {
      try work()
      return nil
    } catch {
      return (error as? WireViolation)?.reason
    }
  }
}
