import ExchangeProtos
import Foundation
import NIOCore
import RPC
import TestSupport
import Testing
import Wire

@Suite("A random peer that knows the protocol and breaks it", .timeLimit(.minutes(3)))
struct RandomPeerTests {
  /// Small enough that a conversation reaches them.
  static let limits: WireLimits = {
    var limits = WireLimits.standard
    limits.streamCreditBytes = 2048
    limits.cancelsPerWindow = 40
    limits.exchanges = 64
    return limits
  }()

  static func network() async throws -> Network {
    try await Network.start(limits: limits, calls: 4096) { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
      methods.stream(Items.list) { _, _, _ in }
      methods.exchange(Link.exchange) { requests, _, replies in
        for try await frame in requests { try await replies.write(frame) }
      }
    }
  }

  /// What became of one conversation.
  private enum Outcome {
    case answered
    case closed
    case ended(String)
    case wrong(String)
  }

  /// Conversations of each of the four that go on at once; `XIECHA_SEEDS` asks for more of them.
  static let blockSeeds =
    ProcessInfo.processInfo.environment["XIECHA_SEEDS"].flatMap(UInt64.init) ?? 100

  /// What a peer that has signed in can break, and reach in one conversation.
  static let reached: Set<WireViolation.Reason> = [
    .unknownFrameType, .frameTooLong, .malformedFrame, .unexpectedFrame, .badStream,
    .creditExceeded, .creditOverflow, .tooManyPings, .tooManyCancels,
  ]

  @Test("After the sign-in: the bad one ends as PROTOCOL.md says, the good one gets its answers")
  func afterSignIn() async throws {
    let network = try await Self.network()
    let seen = try await withThrowingTaskGroup(of: Set<String>.self) { group in
      for block in UInt64(0)..<4 {
        let seeds = block * Self.blockSeeds..<(block + 1) * Self.blockSeeds
        group.addTask { try await converse(seeds: seeds, network) }
      }
      return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
    }
    // The seeds reach every rule, so that none of them is only believed.
    #expect(seen.isSuperset(of: Self.reached.map(\.rawValue) + ["answered", "closed"]))
    await network.server.drain(within: .seconds(5))
    #expect(network.server.connectionCount == 0)
  }

  /// How the conversations ended; after each, a healthy connection is asked.
  private func converse(seeds: Range<UInt64>, _ network: Network) async throws -> Set<String> {
    let healthy = try await network.connect()
    var seen: Set<String> = []
    for seed in seeds {
      switch try await converse(seed: seed, network) {
      case .answered: seen.insert("answered")
      case .closed: seen.insert("closed")
      case .ended(let reason): seen.insert(reason)
      case .wrong(let what): Issue.record("seed \(seed): \(what)")
      }
      let reply = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
      #expect(reply.id == Network.item.id, "seed \(seed)")
    }
    await healthy.close()
    return seen
  }

  private func converse(seed: UInt64, _ network: Network) async throws -> Outcome {
    let peer = try await RawPeer.connect(to: network)
    // A peer that hangs is told by its seed, not by the suite's time limit.
    let watchdog = peer.channel.eventLoop.scheduleTask(in: .seconds(20)) {
      peer.channel.close(promise: nil)
    }
    defer { watchdog.cancel() }
    try await peer.signIn(as: "node:440306")
    let pieces = RandomConversation.pieces(seed: seed)
    var model = ConnectionModel(
      limits: Self.limits, link: Link.exchange.descriptor.number)
    for piece in pieces { peer.send(piece) }
    let fence = model.fence(after: Array(pieces.joined()))
    if let fence { peer.send { $0.writeCall(fence, Bench.submit.descriptor, Network.item) } }
    if fence == nil, model.mustEnd.isEmpty { peer.channel.close(promise: nil) }
    return await judge(peer, model, fence: fence)
  }

  private func judge(
    _ peer: RawPeer, _ model: ConnectionModel, fence: UInt32?
  ) async -> Outcome {
    var owed = model.owed
    if let fence { owed.insert(fence) }
    var answered: Set<UInt32> = []
    let allowed = Set(model.mustEnd.union(model.mayEnd).map(\.rawValue))
    while fence == nil || !owed.isSubset(of: answered) {
      guard let frame = await peer.next() else {
        if fence == nil, model.mustEnd.isEmpty || model.saidGoAway { return .closed }
        return .wrong(
          "ended without a word; owed \(owed.subtracting(answered)), must \(model.mustEnd)")
      }
      switch frame.header.type {
      case .goAway:
        guard let reason = frame.failure?.reason, allowed.contains(reason) else {
          return .wrong("GOAWAY \(frame.failure.map { "\($0)" } ?? "?"), allowed \(allowed)")
        }
        let rest = await peer.rest()
        return rest.isEmpty ? .ended(reason) : .wrong("\(rest.count) frames after GOAWAY")
      case .result:
        if !answered.insert(frame.header.stream).inserted {
          return .wrong("two results of one call")
        }
        if model.calls[frame.header.stream] == nil, frame.header.stream != fence {
          return .wrong("a result of a call that was never opened")
        }
      case .message, .credit:
        guard model.calls[frame.header.stream] != nil, !answered.contains(frame.header.stream)
        else { return .wrong("\(frame.header) of a call that is not open") }
      case .ping:
        if frame.header.flags != .end { return .wrong("a ping that no silence asked for") }
      default: return .wrong("\(frame.header) of a node")
      }
    }
    await peer.close()
    return .answered
  }

  @Test("Before the sign-in: nothing but a documented end", arguments: 0..<5)
  func beforeSignIn(block: UInt64) async throws {
    let network = try await Self.network()
    let healthy = try await network.connect()
    let documented = Set(WireViolation.Reason.allCases.map(\.rawValue) + ["authentication-failed"])
    for seed in block * 20..<(block + 1) * 20 {
      let peer = try await RawPeer.connect(to: network)
      let watchdog = peer.channel.eventLoop.scheduleTask(in: .seconds(20)) {
        peer.channel.close(promise: nil)
      }
      for piece in Self.opening(seed: seed) { peer.send(piece) }
      // What is whole and right so far leaves the node waiting: then this side ends.
      peer.channel.close(promise: nil)
      for frame in await peer.rest() {
        switch frame.header.type {
        case .hello, .authenticate: break
        case .goAway:
          let reason = frame.failure?.reason ?? ""
          #expect(documented.contains(reason), "seed \(seed): \(reason)")
        default: Issue.record("seed \(seed): \(frame.header) before the sign-in")
        }
      }
      watchdog.cancel()
      _ = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
    }
  }

  /// `HELLO` and a sign-in, with something broken.
  private static func opening(seed: UInt64) -> [[UInt8]] {
    var random = SeededNumbers(seed: seed &+ 1_000_000)
    var frames: [[UInt8]] = ["hello", "client-first", "client-final"].map { name in
      var buffer = ByteBuffer()
      ProtocolExamples.written.first { $0.name == name }?.write(&buffer)
      return Array(buffer.readableBytesView)
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let index = Int.random(in: 0..<frames.count, using: &random)
      switch Int.random(in: 0...4, using: &random) {
      case 0:
        frames[index][Int.random(in: 0..<frames[index].count, using: &random)] ^=
          1 << UInt8.random(in: 0...7, using: &random)
      case 1: frames.swapAt(index, frames.count - 1)
      case 2: frames.append(frames[index])
      case 3:
        frames[index] = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
      default: frames[index].removeLast(Int.random(in: 0...5, using: &random))
      }
    }
    return Bool.random(using: &random) ? frames : [Array(frames.joined())]
  }
}

extension ConnectionModel {
  /// Reads all that was sent; the stream of one more call that must be answered then, or nil where
  /// the connection is to end, or waits for the rest of a frame.
  fileprivate mutating func fence(after bytes: [UInt8]) -> UInt32? {
    read(bytes)
    guard mustEnd.isEmpty, !isCut, !saidGoAway, lastStream < FrameHeader.largestStream else {
      return nil
    }
    return lastStream + 1
  }
}
