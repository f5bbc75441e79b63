import Presentation
import Testing

@Suite("Lines for a terminal")
struct TerminalLineTests {
  @Test(
    "What came from outside neither moves the cursor nor adds a line",
    arguments: [
      ("fujian", "fujian"), ("2009-06\u{1B}[2J\u{1B}]0;x\u{7}", "2009-06 [2J ]0;x "),
      ("一\n二\r三\t四", "一 二 三 四"), ("a\u{202E}b\u{200B}c", "abc"), ("a\u{2028}b\u{9B}1m", "a b 1m"),
    ])
  func safe(text: String, shown: String) { #expect(TerminalLine.safe(text) == shown) }
}
