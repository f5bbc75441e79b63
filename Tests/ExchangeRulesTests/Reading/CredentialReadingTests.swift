import ExchangeRules
import Testing

@Suite("Passwords and names of accounts (RFC 8264, RFC 8265; fault 22)")
struct CredentialReadingTests {
  typealias Row = WrittenValueTests.Row

  static let names = [
    Row("admin", "admin"), Row("Admin", "admin", "letterCase"),
    Row("ａｄｍｉｎ", "admin", "width"), Row("ＡＤＭＩＮ", "admin", "width", "letterCase"),
    Row("li.wei@440306-01_x", "li.wei@440306-01_x"), Row("node:440306", "node:440306"),
    Row("李威", "李威"), Row("jose\u{301}", "jos\u{E9}", "composition"),
    Row("Σ", "σ", "letterCase"), Row("straße", "straße"), Row("l·l", "l·l"), Row("קרן", "קרן"),
    Row("", "refused: nothingWritten"), Row("li wei", "refused: forbiddenCharacter"),
    Row("li\u{3000}wei", "refused: forbiddenCharacter"),
    Row("li\u{200B}wei", "refused: forbiddenCharacter"),
    Row("\u{FEFF}admin", "refused: forbiddenCharacter"),
    Row("li\u{202E}wei", "refused: forbiddenCharacter"),
    Row("阿依古丽·买买提", "refused: forbiddenCharacter"), Row("♚", "refused: forbiddenCharacter"),
    Row("Ⅳ", "refused: forbiddenCharacter"), Row("ﬁ", "refused: forbiddenCharacter"),
    Row("admin\u{0}", "refused: forbiddenCharacter"),
    Row("\u{E000}", "refused: forbiddenCharacter"),
    Row("\u{378}", "refused: forbiddenCharacter"), Row("a\u{5D0}", "refused: forbiddenCharacter"),
    Row("\u{5D0}a", "refused: forbiddenCharacter"),
    Row("a\u{200D}b", "refused: forbiddenCharacter"),
    Row("\u{1100}", "refused: forbiddenCharacter"), Row("\u{640}", "refused: forbiddenCharacter"),
  ]

  @Test("UsernameCaseMapped: one name in every width, case and composition", arguments: names)
  func name(row: Row) { row.checkReading(WrittenAccountName.read) }

  static let passwords = [
    Row("correct horse battery staple", "correct horse battery staple"),
    // RFC 8265 section 4.3, its examples.
    Row("Correct Horse Battery Staple", "Correct Horse Battery Staple"),
    Row("πßå", "πßå"), Row("Jack of ♦s", "Jack of ♦s"),
    Row("foo\u{1680}bar", "foo bar", "blanks"), Row("", "refused: nothingWritten"),
    Row("my cat is a \u{9}by", "refused: forbiddenCharacter"),
    Row("口令\u{3000}甲", "口令 甲", "blanks"), Row("e\u{301}e", "\u{E9}e", "composition"),
    // Width and case stay.
    Row("Ａｂ", "Ａｂ"), Row("Ⅳ", "Ⅳ"), Row("\u{FEFF}secret", "refused: forbiddenCharacter"),
    Row("se\u{200B}cret", "refused: forbiddenCharacter"),
    Row("\u{7F}", "refused: forbiddenCharacter"),
  ]

  @Test(
    "OpaqueString: one password from every keyboard, and nothing that nobody sees",
    arguments: passwords)
  func password(row: Row) { row.checkReading(WrittenPassword.read) }

  @Test("reading what was read changes nothing")
  func idempotent() throws {
    for row in Self.names where !row.expected.hasPrefix("refused") {
      #expect(try WrittenAccountName.read(row.expected).changes.isEmpty, "\(row.expected)")
    }
    for row in Self.passwords where !row.expected.hasPrefix("refused") {
      #expect(try WrittenPassword.read(row.expected).changes.isEmpty, "\(row.expected)")
    }
  }
}
