import ExchangeRules
import Explain
import Foundation
import ReferenceData
import TestSupport
import Testing

@Suite("explain --batch (S4, S5)")
struct ExplainBatchTests {
  let batch = ExplainBatch(calendar: .national)

  @Test("the answer has exactly the fields of the contract, in order")
  func answer() {
    let line = """
      {"kind":"assistRequest","category":"pregnancy","currentlyPregnant":true,\
      "occurred":"2009-09-26","submitted":"2009-09-30","received":"2009-09-30","profile":"fujian"}
      """
    let expected = """
      {"urgency":"urgent","response":"feedback","submissionCycle":"2009-10","deadlines":[\
      {"rule":"S4.1","for":"feedback","start":"2009-09-30","length":15,"unit":"days",\
      "due":"2009-10-15"},\
      {"rule":"S4.3","for":"submit","start":"2009-09-26","length":5,"unit":"workingDays",\
      "due":"2009-10-09"},\
      {"rule":"S4.3","for":"feedback","start":"2009-09-30","length":5,"unit":"workingDays",\
      "due":"2009-10-14"}],"due":"2009-10-14"}
      """
    #expect(batch.answer(line: line) == expected)
  }

  static let question = [
    "kind": "\"serviceNotice\"", "category": "\"birth\"", "currentlyPregnant": "false",
    "submitted": "\"2009-06-20\"", "profile": "\"provincial-2009\"",
  ]

  func line(_ changes: [String: String?]) -> String {
    var fields = Self.question
    for (name, value) in changes { fields[name] = value }
    return "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  @Test("a notice has no urgency; occurred and received may be absent or null")
  func notice() {
    let expected = """
      {"urgency":"none","response":"feedback","submissionCycle":"2009-06","deadlines":[\
      {"rule":"S4.2","for":"receive","start":"2009-06-20","length":30,"unit":"days",\
      "due":"2009-07-20"},\
      {"rule":"S4.2","for":"feedback","start":"2009-06-20","length":30,"unit":"days",\
      "due":"2009-07-20"}],"due":"2009-07-20"}
      """
    #expect(batch.answer(line: line([:])) == expected)
    #expect(batch.answer(line: line(["occurred": "null", "received": "null"])) == expected)
    #expect(batch.answer(line: "\u{FEFF}  " + line([:]) + "\t") == expected)
    let extra = line(["remark": "[1, -2.5e+3, {\"a\": [null, \"\\ud83d\\ude00\"]}]", "": "0"])
    #expect(batch.answer(line: extra) == expected)
    let escaped = line(["profile": "\"provincial\\u002d2009\""])
      .replacingOccurrences(of: "\"kind\"", with: "\"ki\\u006ed\"")
    #expect(batch.answer(line: escaped) == expected)
  }

  @Test(
    "a field that is missing or wrong is named",
    arguments: [
      ("kind", nil, "missing"), ("kind", "\"query\"", "unknown"), ("kind", "1", "notText"),
      ("kind", "\"AssistRequest\"", "unknown"), ("category", nil, "missing"),
      ("category", "\"妊娠\"", "unknown"), ("category", "3", "notText"),
      ("currentlyPregnant", nil, "missing"), ("currentlyPregnant", "\"true\"", "notTrueOrFalse"),
      ("currentlyPregnant", "null", "notTrueOrFalse"), ("submitted", nil, "missing"),
      ("submitted", "null", "missing"), ("submitted", "\"2009-02-29\"", "notADate"),
      ("submitted", "\"2009-6-20\"", "notADate"), ("submitted", "20090620", "notADate"),
      ("submitted", "\"9999-12-31\"", "outOfRange"), ("occurred", "\"\"", "notADate"),
      ("received", "\"yesterday\"", "notADate"), ("profile", nil, "missing"),
      ("profile", "\"fujian \"", "unknown"), ("profile", "{}", "notText"),
    ] as [(String, String?, String)])
  func refused(field: String, value: String?, reason: String) {
    let answer = batch.answer(line: line([field: value]))
    #expect(answer == "{\"error\":{\"field\":\"\(field)\",\"reason\":\"\(reason)\"}}")
  }

  @Test(
    "a line that is no JSON object is refused as a line",
    arguments: [
      "{", "}", "[]", "null", "\"kind\"", "{}}", "{} {}", "{\"kind\"}", "{\"kind\":}",
      "{\"kind\":\"a\",}", "{kind:\"a\"}", "{'kind':'a'}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":+1}",
      "{\"a\":nul}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\t\"}", "{\"a\":\"",
      "{\"a\":[1,]}", "{\"a\":NaN}", "{\"a\":" + String(repeating: "[", count: 5000),
    ])
  func notJSON(line: String) {
    #expect(
      batch.answer(line: line) == "{\"error\":{\"field\":\"line\",\"reason\":\"notAJSONObject\"}}")
  }

  @Test("an empty line gets an answer too, and a field given twice is refused")
  func emptyAndRepeated() {
    #expect(batch.answer(line: " ") == "{\"error\":{\"field\":\"line\",\"reason\":\"empty\"}}")
    let twice = "{\"kind\":\"assistRequest\"," + line([:]).dropFirst()
    #expect(
      batch.answer(line: twice) == "{\"error\":{\"field\":\"kind\",\"reason\":\"repeated\"}}")
  }

  @Test("a year that the calendar does not cover names the date and the remedy")
  func gap() {
    let answer = batch.answer(
      line: line(["profile": "\"fujian\"", "received": "\"2026-12-30\""]))
    #expect(
      answer
        == "{\"error\":{\"field\":\"received\",\"reason\":\"calendarNotCovered: 2027; extend it "
        + "with xiecha-admin calendar import FILE\"}}")
    // No working day is asked for, so none is missing.
    #expect(!batch.answer(line: line(["submitted": "\"2031-01-01\""])).contains("error"))
  }

  @Test("a category that the profile has switched off is refused (G7)")
  func switchedOff() {
    let batch = ExplainBatch(
      calendar: .national, profiles: [RuleProfile.provincial2009.with(switchedOff: [.birth])])
    #expect(
      batch.answer(line: line([:]))
        == "{\"error\":{\"field\":\"category\",\"reason\":\"switchedOff\"}}")
  }

  @Test("every answer is JSON, whatever the line; noise never traps")
  func fuzz() throws {
    var generator = SeededNumbers(seed: 2009)
    let valid = [UInt8](line(["occurred": "\"2009-06-18\"", "profile": "\"fujian\""]).utf8)
    for _ in 0..<3000 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { break }
      }
      var output: [UInt8] = []
      batch.answer(line: bytes.span, into: &output)
      let answer = try JSONSerialization.jsonObject(with: Data(output))
      let object = try #require(answer as? [String: Any])
      #expect(object["due"] != nil || object["error"] != nil)
      #expect(output.last == UInt8(ascii: "\n"))
    }
  }

  @Test("the answer in words names each rule, in both languages")
  func words() throws {
    let facts = ItemFacts(
      kind: .assistRequest, category: .pregnancy, currentlyPregnant: true,
      submitted: try date("2009-06-20"), profile: .provincial2009)
    let ruling = try batch.ruling(on: facts)
    let chinese = RulingText.lines(of: ruling, on: facts, in: .chinese)
    #expect(chinese.first == "协查（妊娠信息），等级“紧急”：接收并反馈（S4.1）")
    #expect(chinese.last == "S4.6：以最早的接收或反馈期限为准，截止2009-07-05（含当日，北京时间）")
    let english = RulingText.lines(of: ruling, on: facts, in: .english)
    #expect(english.count == 4)
    #expect(english[2].hasPrefix("S4.1: feed back within 15 days of 2009-06-20"))
  }
}
