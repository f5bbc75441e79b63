import ExchangeProtos
import Testing

/// What an arena may hold for a message of so many bytes: what unpacking may ask for, four times for
/// the chunks, which double and may each end unused.
enum MemoryBound {
  static func bytes(for byteCount: Int) -> Int { 4 * (64 * byteCount + (16 << 10)) }
}

@Suite struct `Memory is bounded by the size of the message` {
  @Test func `two bytes an element do not buy a struct each`() throws {
    let bytes =
      ProtoBytes().field(1, ProtoBytes().field(1, Samples.id)).bytes
      + [UInt8](repeating: 0, count: 100_000).enumerated().map { $0.offset % 2 == 0 ? 0x22 : 0 }
    let arena = MessageArena()
    #expect {
      try bytes.withUnsafeBytes { try FollowReply(decoding: $0, in: arena) }
    } throws: { error in
      (error as? MessageRefusal)?.reason == .messageTooLarge
    }
    #expect(arena.heldByteCount < MemoryBound.bytes(for: bytes.count))
    arena.reset()
    #expect(arena.heldByteCount <= 256 << 10)
  }

  @Test func `repeating a message field does not copy its lists without end`() throws {
    let answer = ProtoBytes().number(1, 1).field(2, ProtoBytes().field(1, [0x61])).bytes
    var bytes = ProtoBytes().field(1, Samples.id)
    for _ in 0..<3000 { bytes = bytes.field(2, answer) }
    let arena = MessageArena()
    let reply = try? bytes.bytes.withUnsafeBytes { try AnswerRequest(decoding: $0, in: arena) }
    #expect(reply == nil)
    #expect(arena.heldByteCount < MemoryBound.bytes(for: bytes.bytes.count))
  }

  @Test func `long lists of small elements fit`() throws {
    var counts = CountsReply()
    var count = Count()
    count.name = "a"
    count.value = 1
    counts.counts = [Count](repeating: count, count: 20_000)
    #expect(try CountsReply(decoding: counts.encoded()) == counts)

    var outcomes = ItemsReply()
    var outcome = ItemOutcome()
    outcome.id = Samples.id
    outcomes.outcomes = [ItemOutcome](repeating: outcome, count: 20_000)
    #expect(try ItemsReply(decoding: outcomes.encoded()) == outcomes)

    var follow = FollowReply()
    follow.summary = ItemSummary()
    follow.summary?.id = Samples.id
    follow.events = [ItemEvent](repeating: Samples.event, count: 5_000)
    #expect(try FollowReply(decoding: follow.encoded()) == follow)
  }

  @Test func `every message fits many times over`() throws {
    for canonical in CanonicalMessage.all {
      let arena = MessageArena()
      let type = try #require(
        ProtoCatalogue.messages.first { $0.fullName == canonical.fullName })
      _ = try canonical.bytes.withUnsafeBytes { try type.init(decoding: $0, in: arena) }
      #expect(arena.heldByteCount <= 32 << 10, "\(canonical.testDescription)")
    }
  }
}
