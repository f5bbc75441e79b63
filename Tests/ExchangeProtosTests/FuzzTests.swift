import ExchangeProtos
import Foundation
import TestSupport
import Testing

/// Seed and rounds come from the environment, so that a nightly run can look further:
/// `XIECHA_FUZZ_SEED`, `XIECHA_FUZZ_ROUNDS`.
@Suite struct `No bytes trap the decoder` {
  private static func setting(_ name: String, _ standard: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment[name].flatMap(UInt64.init) ?? standard
  }

  static let seed = setting("XIECHA_FUZZ_SEED", 20_090_620)
  static let rounds = Int(setting("XIECHA_FUZZ_ROUNDS", 60))

  @Test func `random bytes`() throws {
    var numbers = SeededNumbers(seed: Self.seed)
    for type in ProtoCatalogue.messages {
      for _ in 0..<Self.rounds {
        let bytes = (0..<Int.random(in: 0...160, using: &numbers)).map { _ in
          UInt8.random(in: .min ... .max, using: &numbers)
        }
        try Self.decode(bytes, type)
      }
    }
  }

  @Test func `fields of the right numbers and random contents`() throws {
    var numbers = SeededNumbers(seed: Self.seed &+ 1)
    for type in ProtoCatalogue.messages {
      for _ in 0..<Self.rounds {
        try Self.decode(Self.fields(depth: 4, &numbers).bytes, type)
      }
    }
  }

  @Test func `canonical messages with some bytes changed`() throws {
    var numbers = SeededNumbers(seed: Self.seed &+ 2)
    for canonical in CanonicalMessage.all where !canonical.bytes.isEmpty {
      let type = try #require(
        ProtoCatalogue.messages.first { $0.fullName == canonical.fullName })
      for _ in 0..<Self.rounds {
        try Self.decode(Self.mutated(canonical.bytes, &numbers), type)
      }
    }
  }

  @Test func `one tag over and over, up to any length`() throws {
    var numbers = SeededNumbers(seed: Self.seed &+ 3)
    for type in ProtoCatalogue.messages {
      for field in 1...20 {
        let count = Int.random(in: 1...2_000, using: &numbers)
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes += ProtoBytes.varint(UInt64(field) << 3 | 2) + [0] }
        try Self.decode(bytes, type)
      }
    }
  }

  private static func mutated(
    _ bytes: [UInt8], _ numbers: inout SeededNumbers
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...3, using: &numbers) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &numbers)
      switch Int.random(in: 0...4, using: &numbers) {
      case 0: bytes[place] = .random(in: .min ... .max, using: &numbers)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.insert(.random(in: .min ... .max, using: &numbers), at: place)
      default: bytes += bytes[place...]
      }
    }
    return bytes
  }

  private static func fields(depth: Int, _ numbers: inout SeededNumbers) -> ProtoBytes {
    var bytes = ProtoBytes()
    for _ in 0..<Int.random(in: 0...6, using: &numbers) {
      let field = Int.random(in: 1...16, using: &numbers)
      switch Int.random(in: 0...5, using: &numbers) {
      case 0: bytes = bytes.number(field, .random(in: 0...12, using: &numbers))
      case 1: bytes = bytes.number(field, .random(in: .min ... .max, using: &numbers))
      case 2: bytes = bytes.field(field, [UInt8](repeating: 0x61, count: 16))
      case 3: bytes = bytes.fixed32(field)
      default:
        if depth > 0 { bytes = bytes.field(field, fields(depth: depth - 1, &numbers)) }
      }
    }
    return bytes
  }

  /// Whatever is accepted is accepted again, as the same value, and took no more than its due.
  private static func decode<Message: ProtoMessage>(
    _ bytes: [UInt8], _ type: Message.Type
  ) throws {
    let arena = MessageArena()
    let message = try? bytes.withUnsafeBytes { try type.init(decoding: $0, in: arena) }
    let bound = MemoryBound.bytes(for: bytes.count)
    #expect(arena.heldByteCount < bound, "\(type.fullName) \(bytes)")
    guard let message else { return }
    let again = Result { try type.init(decoding: message.encoded()) }
    #expect((try? again.get()) == message, "\(type.fullName) \(bytes)")
  }
}
