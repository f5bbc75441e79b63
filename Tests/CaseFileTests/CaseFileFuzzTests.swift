import CaseFile
import ExchangeRules
import TestSupport
import Testing

@Suite("Seeded noise in case files")
struct CaseFileFuzzTests {
  @Test("a damaged file never traps, and each of its rows is taken or listed with a reason")
  func damaged() throws {
    var random = SeededNumbers(seed: 20_090_620)
    let columns: KeyValuePairs<String, String> = [
      "信息类别": "9", "生育日期": "2025-1-2", "子女性别": "女", "孩次": "1", "发生日期": "2025-1-2", "备注": "\"a\",b",
      "协查项目": "",
    ]
    var file = CaseText(columns)
    for _ in 0..<4 { file.rows.append(file.rows[0]) }
    let options = try CaseText.options()
    let originals = [file.gb18030, Array(file.text.utf8)]
    for round in 0..<400 {
      var bytes = originals[round % 2]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        CaseFileFuzzTests.damage(&bytes, &random)
      }
      do {
        let pieces = Int.random(in: 1...200, using: &random)
        let split = try CaseText.entries(bytes, pieces: pieces, options: options)
        let whole = try CaseText.entries(bytes, options: options)
        #expect(split.rows == whole.rows && split.rejected == whole.rejected)
        #expect(whole.rejected.allSatisfy { !$0.problems.isEmpty })
        #expect(whole.rows.allSatisfy { $0.id.count == 16 })
      } catch let failure as CaseFileFailure {
        // Damaged headings refuse the file as a whole; anything else would be a wrong answer.
        let reasons: [CaseFileFailure.Reason] = [
          .missingHeadings, .noHeadings, .isMarkup, .isEmpty,
        ]
        #expect(reasons.contains(failure.reason))
      }
    }
  }

  static func damage(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert([0x22, 0x2C, 0x0A, 0x0D, 0x00, 0xFF][place % 6], at: place)
    case 3: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
    default: bytes.removeSubrange(place..<min(bytes.count, place + 30))
    }
  }
}
