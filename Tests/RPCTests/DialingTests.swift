import ExchangeProtos
import NIOCore
import NIOPosix
import RPC
import Testing
import Wire

@Suite("Dialling a node", .timeLimit(.minutes(1)))
struct DialingTests {
  @Test("A node that accepts and says nothing: the time for all of connecting is one")
  func mute() async throws {
    let node = try await RawNode.start()
    let begun = NIODeadline.now()
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await node.dial(timeout: .milliseconds(100))
    }
    #expect(failure?.reason == "no-answer" && failure?.wasNotBegun == true)
    #expect(NIODeadline.now() - begun < .seconds(5))
    try await node.stop()
  }

  @Test("Cancelled while it signs in, dialling is over, and the connection with it")
  func cancelled() async throws {
    let node = try await RawNode.start()
    let dialling = Task { try await node.dial(timeout: .hours(1)) }
    let caller = try await node.acceptUnsigned()
    try await caller.take(.hello)
    dialling.cancel()
    let failure = await #expect(throws: CallFailure.self) { _ = try await dialling.value }
    #expect(failure?.status == .cancelled)
    _ = await caller.rest()
    try await node.stop()
  }

  @Test("Nobody there: the call was not begun")
  func nobody() async throws {
    let node = try await RawNode.start()
    try await node.stop()
    let failure = await #expect(throws: CallFailure.self) { _ = try await node.dial() }
    #expect(failure?.reason == "unreachable" && failure?.wasNotBegun == true)
  }
}
