import Ledger
import TestSupport
import Testing

@Suite("Identities are UUIDv7") struct LedgerIDTests {
  @Test("Bytes and texts are those of RFC 9562's example")
  func example() throws {
    // RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00.
    let bytes: [UInt8] = [
      0x01, 0x7f, 0x22, 0xe2, 0x79, 0xb0, 0x7c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39,
      0x8f,
    ]
    let id = try #require(LedgerID(bytes))
    #expect(id.bytes == bytes)
    #expect(id.hex == "017f22e279b07cc398c4dc0c0c07398f")
    #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
  }

  @Test("More or fewer than 16 bytes are none", arguments: [0, 15, 17])
  func length(count: Int) {
    #expect(LedgerID([UInt8](repeating: 7, count: count)) == nil)
  }

  @Test("New ones carry time, version 7 and variant 2, and grow with time")
  func fresh() {
    var random = SeededNumbers(seed: 1)
    let ids = (0..<1000).map {
      LedgerID(version7At: 0x017f_22e2_79b0 + Int64($0), using: &random)
    }
    for (place, id) in ids.enumerated() {
      let time = id.bytes.prefix(6).reduce(Int64(0)) { $0 << 8 | Int64($1) }
      #expect(time == 0x017f_22e2_79b0 + Int64(place))
      #expect(id.bytes[6] >> 4 == 7)
      #expect(id.bytes[8] >> 6 == 2)
    }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids.map { $0.bytes.suffix(8) }).count == ids.count)
  }
}
