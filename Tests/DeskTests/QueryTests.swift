import Testing

@testable import XiechaDesk

/// The combined query on a page (S10.3).
@Suite("The combined query at the desk")
struct QueryTests {
  @Test("Conditions stand in the address and come back chosen; nothing is asked before")
  func conditions() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let asked = try await browser.get("/query").body
    #expect(asked.contains("组合查询") && !asked.contains("没有符合条件的信息"))
    let found = try await browser.get("/query?show=1&box=out&category=11&from=2026-11-01").body
    #expect(found.contains("<option value=\"out\" selected=\"selected\">"))
    #expect(found.contains("<option value=\"11\" selected=\"selected\">"))
    #expect(found.contains("value=\"2026-11-01\""))
    #expect(try await browser.get("/query?show=1&from=%3Cb%3E").body.contains("不是日期"))
    try await office.stop()
  }

  @Test("A person is asked for in a form, with the purpose, and stands in no address (G2)")
  func person() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let page = try await browser.get("/query")
    let token = page.input("token") ?? ""
    func ask(_ purpose: String) async throws -> String {
      try await browser.post(
        "/query",
        [("token", token), ("citizen-id", "44072619920326540X"), ("purpose", purpose)]
      ).body
    }
    let refused = try await ask("")
    #expect(refused.contains("▲") && refused.contains("value=\"44072619920326540X\""))
    let answered = try await ask("核对来函")
    #expect(!answered.contains("▲") && !answered.contains("href=\"/query?"))
    try await office.stop()
  }
}
