import Presentation
import Testing

@Suite("Pages")
struct PageTests {
  private let page: Page = {
    var page = Page()
    page.add(heading: "对象")
    var table = TextTable([.init("姓名"), .init("行", alignsRight: true)])
    table.add(["样例", "7"])
    page.add(table)
    page.addGap()
    page.add(line: "一行\u{1B}[2J\n两行")
    page.add(notes: ["应通报：怀孕（S4.4）"])
    page.add(value: ["b": 2, "a": 1])
    page.add(value: ["c": 3])
    return page
  }()

  @Test("A person reads the parts in their order, and no text adds a line or moves the cursor")
  func text() {
    #expect(
      PageText.text(of: page, width: nil) == """
        对象
        姓名  行
        ────  ──
        样例   7

        一行 [2J 两行
        应通报：怀孕（S4.4）

        """)
  }

  @Test("A program reads the values, one JSON value a line, keys sorted")
  func json() throws {
    #expect(try PageJSON.text(of: page) == "{\"a\":1,\"b\":2}\n{\"c\":3}\n")
  }
}
