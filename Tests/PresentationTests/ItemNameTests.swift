import Presentation
import Testing

@Suite("How people name an item")
struct ItemNameTests {
  static let id: [UInt8] = [
    0x01, 0x8F, 0xA0, 0x00, 0x12, 0x34, 0x7A, 0xBC, 0x8D, 0xEF, 0x00, 0x11, 0xDE, 0xAD, 0xBE, 0xEF,
  ]

  @Test("the full name is the UUID, the short one its last eight digits")
  func names() {
    #expect(ItemName.full(ItemNameTests.id) == "018fa000-1234-7abc-8def-0011deadbeef")
    #expect(ItemName.short(ItemNameTests.id) == "deadbeef")
    #expect(ItemName.full([0xAB]) == "ab")
  }

  @Test(
    "what is typed names the item in full or by its end, in any case",
    arguments: [
      ("018fa000-1234-7abc-8def-0011deadbeef", true), ("018FA00012347ABC8DEF0011DEADBEEF", true),
      ("DEADBEEF", true), ("beef", true), ("11de-adbeef", true), ("deadbeee", false),
      ("018fa000", false), ("ｄｅａｄｂｅｅｆ", true), (" DEAD BEEF\u{200B}", true),
    ])
  func typed(text: String, matches: Bool) throws {
    let typed = try #require(ItemName.read(text))
    #expect(typed.matches(ItemNameTests.id) == matches)
  }

  @Test(
    "what can be no item's name is not read",
    arguments: [
      "", "eef", "deadbeeg", "ａｂｃｇ",
      "018fa000-1234-7abc-8def-0011deadbeef0",
    ])
  func notAName(text: String) {
    #expect(ItemName.read(text) == nil)
  }
}
