import Presentation
import Testing

@Suite("Tables for the terminal")
struct TextTableTests {
  @Test(
    "a Chinese character takes two columns, a mark none",
    arguments: [
      ("", 0), ("abc", 3), ("协查", 4), ("１２", 4), ("e\u{301}", 1), ("a，b", 4), ("…", 1), ("𠀀", 2),
      ("\u{200B}a", 1), ("😀", 2), ("─", 1),
    ])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(
    "a text that is cut fits and says so",
    arguments: [
      ("宝安区新安街道", 14, "宝安区新安街道"), ("宝安区新安街道", 13, "宝安区新安街…"),
      ("宝安区新安街道", 12, "宝安区新安…"), ("abc", 2, "a…"), ("abc", 1, "…"), ("abc", 0, ""),
    ])
  func cut(text: String, width: Int, result: String) {
    #expect(DisplayWidth.cut(text, to: width) == result)
  }

  static var sample: TextTable {
    var table = TextTable([
      .init("编号", isWhole: true), .init("姓名"), .init("地址"), .init("天", alignsRight: true),
    ])
    table.add(["0a1b2c3d", "王*", "阳江市江城区埠场镇", "7"])
    table.add(["99887766", "Li*", "road", "15"])
    return table
  }

  @Test("columns align where Chinese and Latin text mix")
  func alignment() {
    #expect(
      TextTableTests.sample.text(width: nil) == """
        编号      姓名  地址                天
        ────────  ────  ──────────────────  ──
        0a1b2c3d  王*   阳江市江城区埠场镇   7
        99887766  Li*   road                15

        """)
  }

  @Test("a narrow terminal cuts the widest column and never an id")
  func narrow() {
    #expect(
      TextTableTests.sample.text(width: 30) == """
        编号      姓名  地址        天
        ────────  ────  ──────────  ──
        0a1b2c3d  王*   阳江市江…    7
        99887766  Li*   road        15

        """)
  }

  @Test("no line is wider than the terminal, whatever its width", arguments: 1...60)
  func fits(width: Int) {
    for line in TextTableTests.sample.text(width: width).split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width)
    }
  }

  @Test("content from outside cannot move the cursor or turn the direction of writing")
  func controlCharacters() {
    var table = TextTable([.init("a")])
    table.add(["x\u{1B}[2Jy\n\u{202E}z"])
    #expect(table.text(width: nil).hasSuffix("x [2Jy z\n"))
  }
}
