import ExchangeRules
import ReferenceData
import Testing

@Suite("Code tables")
struct CodeTableTests {
  let tables = CodeTables.national

  @Test(
    "a value is found by its code or its name, and by a number whose zeros were eaten",
    arguments: [
      ("marital_status", "21", "21"), ("marital_status", " 初婚", "21"),
      ("current_pregnancy_local", "001", "001"), ("current_pregnancy_local", "1", "001"),
      ("ethnic_group", "1", "01"), ("ethnic_group", "汉族", "01"), ("sex", "2", "2"),
      ("sex", "3", nil), ("sex", "", nil), ("sex", "-1", nil), ("sex", "女性", nil),
    ] as [(String, String, String?)])
  func written(table: String, text: String, code: String?) throws {
    #expect(try #require(tables[table]).entry(written: text)?.code == code)
  }

  @Test("values that are not from their standard are marked")
  func confidence() throws {
    #expect(try #require(tables["marital_status"]).isSourced)
    #expect(try !#require(tables["relation_to_head"]).isSourced)
    #expect(try !#require(tables["current_pregnancy_local"]).isSourced)
    #expect(tables["colour"] == nil)
    #expect(tables.names.count == 37)
  }

  @Test("no table has a code twice")
  func unique() throws {
    for name in tables.names {
      let entries = try #require(tables[name]).entries
      #expect(Set(entries.map(\.code)).count == entries.count, "\(name)")
    }
  }
}
