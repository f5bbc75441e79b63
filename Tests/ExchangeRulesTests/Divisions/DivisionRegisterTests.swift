import ExchangeRules
import Foundation
import ReferenceData
import TestSupport
import Testing

@Suite("Division register")
struct DivisionRegisterTests {
  let register = DivisionRegister.national

  func code(_ text: String) throws -> DivisionCode { try #require(DivisionCode(text)) }

  @Test(
    "the name at a date is the name of its year",
    arguments: [
      ("110103", "2009-12-31", "崇文区"), ("110103", "2010-01-01", nil),
      ("469003", "2014-06-01", "儋州市"), ("460400", "2014-06-01", nil),
      ("460400", "2015-01-01", "儋州市"), ("419001", "1988-01-01", "义马市"),
      ("419001", "1993-01-01", nil), ("419001", "2009-01-01", "济源市"),
      ("440305007", "2009-01-01", "粤海街道"), ("440305007001", "2009-01-01", nil),
    ] as [(String, String, String?)])
  func name(text: String, on day: String, name: String?) throws {
    #expect(try register.name(of: code(text), on: date(day)) == name)
  }

  @Test(
    "the full name leaves out a level that does not exist",
    arguments: [
      ("440305", "广东省深圳市南山区"), ("110101", "北京市东城区"), ("429004", "湖北省仙桃市"),
      ("441900003", "广东省东莞市东城街道"), ("110103", "北京市崇文区"), ("999999", nil),
    ] as [(String, String?)])
  func fullName(text: String, name: String?) throws {
    #expect(try register.fullName(of: code(text)) == name)
  }

  @Test(
    "the parent is the nearest division above that exists",
    arguments: [
      ("440305007001", "440305007"), ("440305", "440300"), ("110101", "110000"),
      ("429004", "420000"), ("441900003", "441900"), ("440000", nil),
    ] as [(String, String?)])
  func parent(text: String, parent: String?) throws {
    #expect(try register.parent(of: code(text))?.description == parent)
  }

  @Test(
    "successors are followed to divisions that exist now",
    arguments: [
      ("110103", ["110101"]), ("469003", ["460400"]), ("130103", ["130102", "130104"]),
      ("440305", ["440305"]), ("132100", []),
    ])
  func successors(text: String, now: [String]) throws {
    #expect(try register.currentSuccessors(of: code(text)).map(\.description) == now)
  }

  @Test("a code that was used again keeps each of its lives, and a split its year")
  func entries() throws {
    let lives = try register.entries(of: code("419001"))
    #expect(lives.map(\.name) == ["义马市", "济源市"])
    #expect(lives.map(\.untilYear) == [1990, nil])
    let split = try #require(try register.entries(of: code("460100")).first?.successors.first)
    #expect(try split.code == code("460102") && split.year == 1990)
  }

  @Test("three places are prefecture and county under one code; their townships hang below it")
  func three() throws {
    let counties = register.counties(in: try code("440000"))
    #expect(try counties.contains(code("441900")) && counties.contains(code("442000")))
    #expect(try !counties.contains(code("440300")))
    for text in ["441900", "442000", "460400"] {
      #expect(try !register.townships(of: code(text)).isEmpty)
    }
  }

  @Test("villages are known by their township")
  func villages() throws {
    #expect(try register.everExisted(code("440305007001")))
    #expect(try !register.everExisted(code("440305999001")))
    #expect(try register.townshipName(of: code("440305007001")) == "粤海街道")
  }

  @Test("the first and the last township are found, and what lies outside is not")
  func edges() throws {
    let beijing = try register.townships(of: code("110101"))
    #expect(beijing.first?.code.description == "110101001")
    #expect(beijing.first?.name == "东华门街道")
    #expect(try register.townshipName(of: code("990101001")) == nil)
    #expect(try register.townshipName(of: code("100101001")) == nil)
    let lines = try String(contentsOf: Origin.file("townships_2023.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    for line in [lines.first, lines.last] {
      let columns = try #require(line).split(separator: ",")
      #expect(try register.townshipName(of: code(String(columns[0]))) == String(columns[1]))
    }
  }

  @Test("every code of the history is known, with each name in its first year")
  func wholeHistory() throws {
    let text = try String(
      contentsOf: Origin.file("divisions_history_1981_2024.csv"), encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let first = try date(columns[2] + "-01-01")
      #expect(try register.name(of: code(columns[0]), on: first) == columns[1])
    }
  }

  @Test("the built-in texts are current with the CSV files beside them")
  func current() async throws {
    let check = try await ProgramRun(
      Origin.root.appending(path: "Tools/generate-reference-data").path, ["--check"])
    #expect(check.exit == 0, "run Tools/generate-reference-data")
  }
}
