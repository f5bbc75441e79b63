import ExchangeProtos
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing
import Wire

@testable import RPC

/// What one peer takes, the others do not miss.
@Suite("Sharing a node", .timeLimit(.minutes(1)), .serialized)
struct SharingTests {
  @Test("Once half the places are taken, an account gets few more, over all its connections")
  func fairShare() async throws {
    // Work that does not heed its cancelling, as a commit does not.
    let working = NIOLockedValueBox<[CheckedContinuation<Void, Never>]>([])
    let log = ReasonLog()
    let network = try await Network.start(calls: 64) { methods in
      methods.answer(Items.counts) { _, _ in
        log.running.wrappingAdd(1)
        await withCheckedContinuation { work in working.withLockedValue { $0.append(work) } }
        return CountsReply()
      }
      methods.answer(Account.whoAmI) { _, _ in ProtocolExamples.reply }
    }
    var greedy: [RawPeer] = []
    for _ in 0..<4 {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn(as: "zhang")
      peer.send { buffer in
        for stream in UInt32(1)...32 {
          buffer.writeCall(stream, Items.counts.descriptor, CountsRequest())
          // Giving up does not give the place back before the work has ended.
          buffer.writeCancel(stream: stream)
        }
        buffer.writePing(1, answer: false)
      }
      while let frame = await peer.next(), frame.header.type != .ping {
        #expect(frame.failure?.reason == "overloaded")
      }
      greedy.append(peer)
    }
    #expect(log.running.value == 32)
    let other = try await network.connect(as: "reporter")
    _ = try await other.call(Account.whoAmI, WhoAmIRequest())
    for work in working.withLockedValue(\.self) { work.resume() }
    for peer in greedy { await peer.close() }
  }

  @Test("An account has a bounded number of connections; one that ends makes room")
  func connectionsOfAnAccount() async throws {
    let network = try await Network.start(connectionsPerAccount: 2) { _ in }
    let first = try await network.connect()
    let second = try await network.connect()
    let failure = await #expect(throws: CallFailure.self) { _ = try await network.connect() }
    #expect(failure?.reason == "too-many-connections")
    #expect((failure?.retryAfterMilliseconds ?? 0) > 0)
    _ = try await network.connect(as: "zhang.li")
    await first.close()
    await network.untilConnections(2)
    _ = try await network.connect()
    await second.close()
  }

  @Test("Connections that send nothing keep nobody from signing in, however many they are")
  func silentConnections() async throws {
    let network = try await Network.start { _ in }
    var silent: [any Channel] = []
    for _ in 0..<4 * SignInGate.places {
      silent.append(
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(host: network.server.endpoint.host, port: network.server.endpoint.port).get())
    }
    await network.untilConnections(silent.count)
    #expect(network.server.placesTaken == 0)
    let connection = try await network.connect()
    #expect(network.server.placesTaken == 0)
    await connection.close()
    for channel in silent { channel.close(promise: nil) }
  }

  @Test("When all places are taken the next wait unread, and are let in in turn")
  func gate() async throws {
    let network = try await Network.start { _ in }
    // Bytes that are no handshake's end: each holds its place until the time for it is over.
    var stalling: [any Channel] = []
    for _ in 0..<2 * SignInGate.places {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: network.server.endpoint.host, port: network.server.endpoint.port).get()
      try await channel.writeAndFlush(ByteBuffer(bytes: [22, 3, 1, 2, 0, 1])).get()
      stalling.append(channel)
    }
    let connection = try await network.connect()
    await connection.close()
    for channel in stalling { try? await channel.close() }
    await network.untilConnections(0)
    #expect(network.server.placesTaken == 0)
  }
}
