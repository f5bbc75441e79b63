import ExchangeRules
import TestSupport
import Testing

@Suite("How dunning rises (S10.4)")
struct DunningRuleTests {
  private static let (county, town, village) = ("441702", "441702102", "441702102201")

  private func item(
    due: String, holder: String? = nil, county: String = county,
    stopped: StoppedDestination? = nil
  ) throws -> LateItem {
    LateItem(
      due: try date(due), county: try #require(DivisionCode(county)),
      holder: holder.flatMap { DivisionCode($0) }, stopped: stopped)
  }

  private func rule() throws -> DunningRule {
    try #require(DunningRule.inForce(on: date("2026-11-27")))
  }

  @Test(
    "Township, then county after 7 days, then province after 21; what nobody holds is the county's",
    arguments: [
      ("2026-11-27", town, nil, nil), ("2026-11-28", town, nil, nil),
      ("2026-11-26", town, nil, .township), ("2026-11-20", town, nil, .township),
      ("2026-11-19", town, nil, .county), ("2026-11-06", village, nil, .county),
      ("2026-11-05", village, nil, .province), ("2026-11-26", nil, nil, .county),
      ("2026-11-06", nil, nil, .county), ("2026-11-05", nil, nil, .province),
      ("2026-11-26", nil, .notRegistered, .province), ("2026-11-26", town, .switchedOff, .province),
      ("2026-11-27", nil, .notRegistered, nil),
    ] as [(String, String?, StoppedDestination?, DivisionLevel?)])
  func level(
    due: String, holder: String?, stopped: StoppedDestination?, level: DivisionLevel?
  ) throws {
    let item = try item(due: due, holder: holder, stopped: stopped)
    #expect(try rule().level(of: item, on: date("2026-11-27")) == level)
  }

  @Test(
    "A county duns its townships, a province its counties and keeps a list of its own",
    arguments: [
      ("2026-11-26", village, county, [town]), ("2026-11-05", village, county, [town]),
      ("2026-11-26", nil, county, []), ("2026-11-26", village, "440000", []),
      ("2026-11-19", village, "440000", [county]), ("2026-11-26", nil, "440000", [county]),
      ("2026-11-05", nil, "440000", [county, "440000"]),
      // Another province's county is that one's to dun.
      ("2026-11-05", nil, "350000", []),
    ] as [(String, String?, String, [String])])
  func addressees(due: String, holder: String?, issuer: String, addressees: [String]) throws {
    let item = try item(due: due, holder: holder)
    let issuer = try #require(DivisionCode(issuer))
    let found = try rule().addressees(of: item, on: date("2026-11-27"), from: issuer)
    #expect(found.map { "\($0)" } == addressees)
  }

  @Test("What cannot even get to another province is on one's own list")
  func stopped() throws {
    let item = try item(due: "2026-11-26", county: "350425", stopped: .notRegistered)
    let issuer = try #require(DivisionCode("440000"))
    #expect(try rule().addressees(of: item, on: date("2026-11-27"), from: issuer) == [issuer])
  }

  @Test("Late by the days after the due date; through its end it is in time (S4.5)")
  func days() throws {
    let item = try item(due: "2026-11-26")
    #expect(try item.daysLate(on: date("2026-11-26")) == 0)
    #expect(try item.daysLate(on: date("2026-11-27")) == 1)
    #expect(try item.daysLate(on: date("2026-12-26")) == 30)
  }

  @Test("Every rule says in both languages what it does, and holds from a day on (G7)")
  func texts() throws {
    #expect(DunningRule.inForce(on: .earliest) == nil)
    for rule in DunningRule.all {
      #expect(DunningRule.inForce(on: rule.from) == rule)
      for text in [rule.text.chinese, rule.text.english] {
        #expect(text.contains(rule.name) && text.contains("\(rule.countyAfterDays)"))
        #expect(text.contains("\(rule.provinceAfterDays)"))
      }
    }
  }
}
