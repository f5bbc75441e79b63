import Exchange
import Testing

@testable import XiechaDesk

/// Figures, work and reports on pages and as files.
@Suite("Figures at the desk")
struct FiguresTests {
  @Test(
    "Figures are shown against the 95 % line, by division, and taken along as three files (S6.1)")
  func figures() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let page = try await browser.get("/figures?by=township").body
    #expect(page.contains("440306") && page.contains("href=\"/figures/xlsx?by=township\""))
    #expect(page.contains("反馈率"))
    let csv = try await browser.get("/figures/csv?by=township")
    #expect(csv.headers["content-type"] == "text/csv")
    #expect(
      csv.headers["content-disposition"]?.hasPrefix("attachment; filename=\"figures-") == true)
    let workbook = try await browser.get("/figures/xlsx")
    #expect(workbook.body.hasPrefix("PK"))
    let print = try await browser.get("/figures/html")
    #expect(print.body.contains("<table>") && print.body.contains("default-src &#39;none&#39;"))
    #expect(try await browser.get("/figures/exe").status == 404)
    try await office.stop()
  }

  @Test(
    "What is asked wrongly is said with the remedy, as text",
    arguments: [
      ("/figures?cycle=%3Cb%3E", "请写年-月"), ("/figures?of=12%3Cb%3E", "区划代码"),
      ("/reports?month=2026-13", "请写年-月"),
    ])
  func wrong(_ path: String, _ said: String) async throws {
    let office = try await DeskAndNode()
    let page = try await office.signedIn().get(path)
    #expect(page.body.contains(said) && !page.body.contains("<b>"))
    try await office.stop()
  }

  @Test("Township work, what is late, and reports have their pages and files (S9.2, S10)")
  func work() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    #expect(try await browser.get("/work?by=township").body.contains("周期"))
    #expect(try await browser.get("/work/csv").status == 200)
    let asked = try await browser.get("/late").body
    #expect(asked.contains("查看会留痕") && !asked.contains("截至"))
    #expect(try await browser.get("/late?show=1").body.contains("截至"))
    #expect(try await browser.get("/late/xlsx").body.hasPrefix("PK"))
    #expect(try await browser.get("/reports?kind=tables").body.contains("月报表"))
    try await office.stop()
  }

  @Test(
    "Counties are ranked at their province, down to the parts; a county's desk says where (S9.1)")
  func ranking() async throws {
    let office = try await DeskAndNode(.province, "440000")
    let browser = try await office.signedIn()
    #expect(try await browser.get("/figures").body.contains("href=\"/ranking\""))
    let page = try await browser.get("/ranking").body
    #expect(page.contains("公式") && page.contains("href=\"/ranking/xlsx\""))
    try await office.stop()
    let county = try await DeskAndNode()
    let clerk = try await county.signedIn()
    #expect(try await !clerk.get("/figures").body.contains("href=\"/ranking\""))
    #expect(try await clerk.get("/ranking").body.contains("排名由省级节点计算"))
    try await county.stop()
  }
}
