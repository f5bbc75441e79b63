import NIOCore
import Testing
import Wire

@Suite("A client's connection: which frame may come when")
struct ClientStateMachineTests {
  @Test("Calls open after the node's proof, numbered from 1")
  func theWayIn() throws {
    let machine = ClientUnderTest()
    #expect(throws: CallFailure.self) { _ = try machine.open(payloadBytes: 8) }
    let said = try machine.take {
      $0.writeHello(Hello(.small))
      $0.writeAuthenticate(.serverFirst, [1])
      $0.writeAuthenticate(.serverFinal, [2])
    }
    #expect(said == [.greeted, .authenticate(.serverFirst), .authenticate(.serverFinal)])
    machine.authenticated()
    #expect(try machine.open(payloadBytes: 8) == 1)
    #expect(try machine.open(payloadBytes: 8) == 2)
  }

  @Test("A result ends its call; one for a call given up is ignored; one never asked is refused")
  func results() throws {
    let machine = try ClientUnderTest.opened()
    let first = try machine.open(payloadBytes: 8)
    let second = try machine.open(payloadBytes: 8)
    let failure = CallFailure(
      .failedPrecondition, word: "not-received", field: "item", "先接收 (receive it first)",
      retryAfterMilliseconds: 7)
    #expect(machine.cancel(stream: second))
    #expect(
      try machine.take {
        $0.writeResult(failure, stream: first)
        $0.writeResultHead(stream: second, messageBytes: nil)
      } == [.fail(stream: first, failure), .nothing])
    #expect(machine.openStreams == 0)
    #expect {
      _ = try machine.take { $0.writeResultHead(stream: 9, messageBytes: nil) }
    } throws: { ($0 as? WireViolation)?.reason == .badStream }
  }

  @Test("The node's limits bind the client before anything is sent")
  func limits() throws {
    let machine = try ClientUnderTest.opened()
    #expect { _ = try machine.open(payloadBytes: 16385) } throws: {
      ($0 as? CallFailure)?.reason == "message-too-long"
    }
    for _ in 0..<3 { _ = try machine.open(payloadBytes: 8) }
    #expect { _ = try machine.open(payloadBytes: 8) } throws: {
      ($0 as? CallFailure)?.reason == "too-many-calls"
    }
  }

  @Test("GOAWAY tells which calls were not looked at")
  func goAway() throws {
    let machine = try ClientUnderTest.opened()
    _ = try machine.open(payloadBytes: 8)
    let failure = CallFailure(.unavailable, .draining, "the node is being stopped")
    #expect(
      try machine.take { $0.writeGoAway(failure, lastStream: 1) }
        == [.goAway(lastStream: 1, failure)])
    #expect(throws: CallFailure.self) { _ = try machine.open(payloadBytes: 8) }
    #expect(!machine.isDone)
    _ = try machine.take { $0.writeResultHead(stream: 1, messageBytes: nil) }
    #expect(machine.isDone)
  }

  @Test("GOAWAY may come at any time, as the answer to a wrong password does")
  func refusedSignIn() throws {
    let machine = ClientUnderTest()
    let failure = CallFailure(.unauthenticated, .authenticationFailed, "wrong")
    #expect(
      try machine.take { $0.writeGoAway(failure, lastStream: 0) }
        == [.goAway(lastStream: 0, failure)])
    #expect(machine.isDone)
  }
}
