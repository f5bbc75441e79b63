import ExchangeProtos
import Foundation
import NIOCore
import RPC
import Synchronization
import Testing
import Wire

@Suite("A random node that knows the protocol and breaks it", .timeLimit(.minutes(3)))
struct RandomNodeTests {
  /// Small enough that a conversation reaches them.
  static let limits: WireLimits = {
    var limits = WireLimits.standard
    limits.streamCreditBytes = 2048
    return limits
  }()

  /// Conversations; `XIECHA_SEEDS` asks for more of them.
  static let seeds =
    ProcessInfo.processInfo.environment["XIECHA_SEEDS"].flatMap(UInt64.init) ?? 300

  /// What a node can break towards a caller, and reach in one conversation.
  static let reached: Set<WireViolation.Reason> = [
    .unknownFrameType, .frameTooLong, .malformedFrame, .unexpectedFrame, .badStream,
    .creditExceeded, .creditOverflow, .tooManyPings,
  ]

  @Test("Every call ends once, what waits is bounded by credit, and the end is a documented one")
  func conversations() async throws {
    let node = try await RawNode.start()
    var seen: Set<String> = []
    for seed in 0..<Self.seeds {
      let talk = try await Conversation.begin(with: node, seed: seed)
      try await talk.run()
      seen.formUnion(await talk.judge())
    }
    // The seeds reach every rule, so that none of them is only believed.
    #expect(seen.isSuperset(of: Self.reached.map(\.rawValue) + ["answered", "closed"]))
    try await node.stop()
  }
}

/// One conversation: four unary calls, two lists of which one is read, an exchange that is written to
/// and read, and a call that is never answered and so tells how the connection ended.
private struct Conversation {
  static let unary: [UInt32] = [1, 2, 3, 4]
  static let unanswered: UInt32 = 8

  let seed: UInt64
  let client: RPCConnection
  let caller: RawPeer
  var answers: RandomAnswers
  let ends: Ends
  let read: Task<Int, Never>
  let unread: MessageStream<ListReply>
  let exchanged: Task<Int, Never>
  let written: Task<Void, Never>

  static func begin(with node: RawNode, seed: UInt64) async throws -> Conversation {
    let (client, caller) = try await node.connect(
      Hello(RandomNodeTests.limits), limits: RandomNodeTests.limits)
    let ends = Ends()
    for stream in unary {
      client.call(Bench.submit, Network.item) { ends.ended(stream, $0) }
    }
    let list = await client.stream(Items.list, ProtocolExamples.list)
    let unread = await client.stream(Items.list, ProtocolExamples.list)
    let (requests, replies) = await client.exchange(Link.exchange)
    client.call(Bench.submit, Network.item) { ends.ended(unanswered, $0) }
    return Conversation(
      seed: seed, client: client, caller: caller,
      answers: RandomAnswers(
        seed: seed, calls: .init(unary: unary, lists: [5, 6], exchanges: [7]),
        credit: RandomNodeTests.limits.streamCreditBytes),
      ends: ends, read: Task { await count(list) }, unread: unread,
      exchanged: Task { await count(replies) },
      written: Task {
        for number in UInt64(0)... {
          do { try await requests.write(StreamTests.frame(number)) } catch { return }
        }
      })
  }

  /// Says what the seed gives, and ends the connection.
  func run() async throws {
    for _ in 1...8 { try await takeRequest() }
    // A client that hangs is told by its seed, not by the suite's time limit.
    let watchdog = caller.channel.eventLoop.scheduleTask(in: .seconds(20)) { [caller, seed] in
      Issue.record("seed \(seed): the client does not end")
      caller.channel.close(promise: nil)
    }
    var answers = answers
    for piece in answers.pieces() { caller.send(piece) }
    try? await caller.end(answers.ending)
    await client.waitUntilClosed()
    watchdog.cancel()
  }

  private func takeRequest() async throws {
    while let frame = await caller.next() {
      if frame.header.type == .request { return }
    }
    throw ChannelError.eof
  }

  /// What became of it, in words that the seeds together must reach.
  func judge() async -> Set<String> {
    _ = (await read.value, await exchanged.value)
    await written.value
    let waiting = await costOfWaiting()
    let bound = RandomNodeTests.limits.streamCreditBytes
    #expect(waiting <= bound + 1024, "seed \(seed): \(waiting) bytes wait")
    var seen = judgeEnd()
    await judgeOutput()
    for stream in Self.unary {
      let outcomes = ends.of(stream)
      #expect(outcomes.count == 1, "seed \(seed): stream \(stream) ended \(outcomes.count) times")
      guard !answers.isBroken, let outcome = outcomes.first else { continue }
      switch (answers.answered[stream], outcome) {
      case (true?, .success(let reply)): #expect(reply.id == Network.item.id)
      case (false?, .failure(ProtocolExamples.failure)): break
      case (nil, .failure(let failure)):
        #expect(
          ["connection-lost", "draining"].contains(failure.reason), "seed \(seed): \(failure)")
      default: lostOrWrong(stream, outcome)
      }
      seen.insert(answers.answered[stream] == nil ? "closed" : "answered")
    }
    return seen
  }

  /// A cut and a reset may take away what was sent before; nothing else may.
  private func lostOrWrong(_ stream: UInt32, _ outcome: Result<BenchAck, CallFailure>) {
    if answers.ending != .closed, case .failure(let failure) = outcome,
      ["connection-lost", "draining"].contains(failure.reason)
    {
      return
    }
    Issue.record("seed \(seed): stream \(stream) ended as \(outcome)")
  }

  /// What the reader who never came finds: the messages and their headers.
  private func costOfWaiting() async -> Int {
    var bytes = 0
    do {
      for try await reply in unread { bytes += FrameHeader.byteCount + reply.encoded().count }
    } catch {}
    return bytes
  }

  /// The client's own frames: nothing behind its GOAWAY, whose reason is a documented one.
  private func judgeOutput() async {
    var said: String?
    for frame in await caller.rest() {
      #expect(said == nil, "seed \(seed): \(frame.header) after GOAWAY")
      switch frame.header.type {
      case .goAway: said = frame.failure?.reason ?? ""
      case .message, .credit, .cancel, .ping: continue
      default: Issue.record("seed \(seed): \(frame.header) of a caller")
      }
    }
    guard let said else { return }
    let isDocumented = WireViolation.Reason(rawValue: said) != nil
    #expect(isDocumented && answers.isBroken, "seed \(seed): GOAWAY \(said)")
  }

  /// The rule that the node broke, if the client says so.
  private func judgeEnd() -> Set<String> {
    let outcomes = ends.of(Self.unanswered)
    #expect(outcomes.count == 1, "seed \(seed): the unanswered call ended \(outcomes.count) times")
    guard case .failure(let failure) = outcomes.first, failure.reason == "connection-lost" else {
      return []
    }
    let reasons = WireViolation.Reason.allCases.map(\.rawValue)
    return Set(reasons.filter { failure.text.contains(" \($0):") })
  }

  private static func count<Message>(_ stream: MessageStream<Message>) async -> Int {
    var count = 0
    do {
      for try await _ in stream { count += 1 }
    } catch {}
    return count
  }
}

/// How unary calls ended, each time that they did.
private final class Ends: Sendable {
  private let outcomes = Mutex<[UInt32: [Result<BenchAck, CallFailure>]]>([:])

  func ended(_ stream: UInt32, _ outcome: Result<BenchAck, CallFailure>) {
    outcomes.withLock { $0[stream, default: []].append(outcome) }
  }

  func of(_ stream: UInt32) -> [Result<BenchAck, CallFailure>] {
    outcomes.withLock { $0[stream] ?? [] }
  }
}
