import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("What a client makes of a connection's end", .timeLimit(.minutes(1)))
struct ConnectionEndTests {
  static let list = ProtocolExamples.list

  @Test(
    "Calls under way end with connection-lost: whether they were done is not known",
    arguments: RawPeer.Ending.allCases)
  func underWay(ending: RawPeer.Ending) async throws {
    let node = try await RawNode.start()
    let (client, caller) = try await node.connect()
    let reply = Task { try await client.call(Bench.submit, Network.item) }
    let replies = await client.stream(Items.list, Self.list)
    try await caller.take(.request)
    try await caller.take(.request)
    try await caller.end(ending)
    let unary = await #expect(throws: CallFailure.self) { _ = try await reply.value }
    let stream = await #expect(throws: CallFailure.self) { _ = try await replies.next() }
    for failure in [unary, stream] {
      #expect(failure?.status == .unavailable && failure?.reason == "connection-lost")
    }
    await client.waitUntilClosed()
    try await node.stop()
  }
}
