import ExchangeProtos
import Testing

@Suite struct RoundTrip {
  @Test func `the benchmark's item survives encoding and decoding`() throws {
    var item = BenchItem()
    item.id = [UInt8](repeating: 7, count: 16)
    item.from = "440305"
    item.to = "510722"
    item.name = "测试甲"
    item.reasons = [1, 2, 3]
    #expect(try BenchItem(decoding: item.encoded()) == item)
  }
}
