import ExchangeRules
import Explain
import Foundation
import ReferenceData
import TestSupport
import Testing

@Suite("check-id --batch")
struct CheckIDBatchTests {
  let batch = CheckIDBatch(register: .national, today: CivilDate(year: 2026, month: 1, day: 1))

  @Test(
    "each answer is one line of JSON; what cannot be read is null",
    arguments: [
      (
        "110105491231002",
        """
        {"value":"110105491231002","valid":true,"normalized":"11010519491231002X",\
        "birthDate":"1949-12-31","sex":"female","region":"朝阳区","problems":[],"changed":["upgraded"]}
        """
      ),
      (
        "\u{FEFF}11010519491231002X",
        """
        {"value":"\u{FEFF}11010519491231002X","valid":true,"normalized":"11010519491231002X",\
        "birthDate":"1949-12-31","sex":"female","region":"朝阳区","problems":[],"changed":["invisible"]}
        """
      ),
      (
        "E12345678",
        """
        {"value":"E12345678","valid":false,"normalized":"E12345678","birthDate":null,"sex":null,\
        "region":null,"problems":["length","otherDocument"],"document":"passport"}
        """
      ),
      (
        "９９０１０５１９４９１３３１００２x",
        """
        {"value":"９９０１０５１９４９１３３１００２x","valid":false,"normalized":"99010519491331002X",\
        "birthDate":null,"sex":"female","region":null,"problems":["date","checkDigit","region"],\
        "changed":["width","letterCase"]}
        """
      ),
      (
        "1101051949\"123100\\",
        """
        {"value":"1101051949\\"123100\\\\","valid":false,"normalized":"1101051949\\"123100\\\\",\
        "birthDate":null,"sex":null,"region":null,"problems":["format"]}
        """
      ),
      (
        "",
        """
        {"value":"","valid":false,"normalized":"","birthDate":null,"sex":null,"region":null,\
        "problems":["length"]}
        """
      ),
    ])
  func answers(line: String, answer: String) {
    #expect(batch.answer(line: line) == answer)
  }

  @Test("bytes that are no UTF-8 or are control characters still give one line of JSON")
  func noise() throws {
    var generator = SeededNumbers(seed: 18)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...30, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var output: [UInt8] = []
      batch.answer(line: bytes.span, into: &output)
      #expect(output.filter { $0 == UInt8(ascii: "\n") }.count == 1)
      let object = try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any]
      #expect(object?["valid"] as? Bool == false)
    }
  }
}
