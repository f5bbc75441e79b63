import ExchangeRules
import Testing

@Suite("Division codes")
struct DivisionCodeTests {
  @Test(
    "the level, the parent and the prefix follow from the pattern",
    arguments: [
      ("440000", DivisionLevel.province, nil, "44"),
      ("440300", .prefecture, "440000", "4403"),
      ("440305", .county, "440300", "440305"),
      ("440305007", .township, "440305", "440305007"),
      ("440305007001", .village, "440305007", "440305007001"),
      // Directly under the province: 省直辖县级, and the districts of a municipality.
      ("429004", .county, "420000", "429004"), ("659001", .county, "650000", "659001"),
      ("110101", .county, "110000", "110101"), ("500229", .county, "500000", "500229"),
      // Prefecture and county under one code.
      ("441900", .prefecture, "440000", "4419"), ("441900003", .township, "441900", "441900003"),
    ] as [(String, DivisionLevel, String?, String)])
  func pattern(text: String, level: DivisionLevel, parent: String?, prefix: String) throws {
    let code = try #require(DivisionCode(text))
    #expect(code.description == text)
    #expect(code.level == level)
    #expect(code.parent?.description == parent)
    #expect(code.prefix == prefix)
  }

  @Test(
    "trailing groups of zeros are the shorter code",
    arguments: [
      ("440305000000", "440305"), ("440305007000", "440305007"), ("440305000", "440305"),
      ("440000000000", "440000"),
    ])
  func writtenOut(long: String, short: String) {
    #expect(DivisionCode(long) == DivisionCode(short))
    #expect(DivisionCode(long)?.description == short)
  }

  @Test(
    "what is no code is refused",
    arguments: [
      "", "44", "4403", "44030", "4403050", "44030５", "44030a", "040305", "000000", " 440305",
      "4403050070011",
    ])
  func refused(text: String) {
    #expect(DivisionCode(text) == nil)
  }

  @Test(
    "the county and the township of a division; three places are prefecture and county at once",
    arguments: [
      ("440305007001", "440305", "440305007"), ("440305", "440305", nil), ("440300", nil, nil),
      ("440000", nil, nil), ("441900", "441900", nil), ("442000001", "442000", "442000001"),
      ("460400100200", "460400", "460400100"),
    ] as [(String, String?, String?)])
  func countyAndTownship(text: String, county: String?, township: String?) throws {
    let code = try #require(DivisionCode(text))
    #expect(code.county?.description == county)
    #expect(code.township?.description == township)
    #expect(code.isCounty == (code.county == code))
  }

  @Test(
    "a division contains what shares its prefix",
    arguments: [
      ("440000", "440305007001", true), ("440300", "440305", true), ("440305", "440306", false),
      ("440305007", "440305007001", true), ("440305007001", "440305007", false),
      ("441900", "441900003", true), ("440305", "440305", true), ("110000", "440305", false),
    ])
  func contains(outer: String, inner: String, holds: Bool) throws {
    #expect(try #require(DivisionCode(outer)).contains(#require(DivisionCode(inner))) == holds)
  }

  @Test(
    "routing takes the longest known prefix, and the peer of the first two digits",
    arguments: [
      ("440305007001", "township"), ("440305008", "county"), ("440306", "province"),
      ("441900003", "dongguan"), ("350203", "fujian"), ("510104", nil),
    ] as [(String, String?)])
  func routing(to: String, destination: String?) throws {
    let table = [
      "440305007": "township", "440305": "county", "440000": "province", "441900": "dongguan",
      "350000": "fujian",
    ]
    var routes = DivisionRoutes<String>()
    for (code, name) in table { routes[exactly: try #require(DivisionCode(code))] = name }
    #expect(routes.route(to: try #require(DivisionCode(to))) == destination)
  }
}
