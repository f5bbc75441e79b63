import TestSupport
import Testing
import Wire

@Suite("Values by stream number")
struct StreamTableTests {
  @Test("It answers as a dictionary does, whatever comes and goes", arguments: 0..<50)
  func likeADictionary(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var table = StreamTable<Int>()
    var dictionary: [UInt32: Int] = [:]
    var next: UInt32 = 0
    for step in 0..<2_000 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5:
        next += UInt32.random(in: 1...3, using: &random)
        table[next] = step
        dictionary[next] = step
      case 5..<9:
        let stream = dictionary.keys.randomElement(using: &random) ?? 1
        #expect(table.removeValue(forKey: stream) == dictionary.removeValue(forKey: stream))
      default:
        let stream = UInt32.random(in: 0...(next + 2), using: &random)
        #expect(table[stream] == dictionary[stream])
        if dictionary[stream] != nil {
          table[stream]? += 1
          dictionary[stream]? += 1
        }
      }
      #expect(table.count == dictionary.count)
    }
    #expect(Dictionary(uniqueKeysWithValues: table.all.map { ($0.stream, $0.value) }) == dictionary)
  }

  @Test("A stream that stays is found after a hundred thousand others")
  func longLived() {
    var table = StreamTable<String>()
    table[1] = "link"
    for stream in UInt32(2)...100_000 {
      table[stream] = "call"
      table[stream] = nil
    }
    #expect(table[1] == "link")
    #expect(table.count == 1)
  }
}
