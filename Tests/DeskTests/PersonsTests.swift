import Credentials
import Foundation
import TestNodes
import Testing

@testable import XiechaDesk

/// The register before a clerk: purposes, versions, duplicates, claims.
@Suite("Persons at the desk")
struct PersonsTests {
  /// The addresses of the persons that the list shows.
  private func persons(_ browser: Browser) async throws -> [String] {
    try await browser.get("/persons").body.components(separatedBy: "href=\"/persons/")
      .dropFirst().map { String($0.prefix { $0 != "\"" }) }.filter { $0.contains("-") }
  }

  private func give(_ purpose: String, for ids: [String], back: String, _ browser: Browser)
    async throws
  {
    let token = try await browser.get(back).input("token") ?? ""
    _ = try await browser.post(
      "/purpose",
      [("token", token), ("back", back), ("purpose", purpose)] + ids.map { ("of", $0) })
  }

  @Test(
    "The list is masked; the whole record comes after its purpose, with every version (G2, S12.1)")
  func record() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    #expect(try await Entered.enter(browser))
    #expect(try await Entered.enter(browser, ["联系电话": "0755-00000001", "备注": "再问"]))
    let list = try await browser.get("/persons")
    #expect(list.body.contains("林**") && !list.body.contains("林晴玉"))
    let id = try #require(try await persons(browser).first)
    let page = "/persons/\(id)"
    #expect(try await browser.get(page).body.contains("查看目的"))
    try await give("核对<b>", for: [id], back: page, browser)
    let shown = try await browser.get(page).body
    #expect(shown.contains("林晴玉") && shown.contains("44072619920326540X"))
    #expect(shown.contains("第2版") && shown.contains("第1版"))
    #expect(shown.contains("◆ 有变更"))
    try await office.stop()
  }

  @Test("A person is found by the number of a list, with the purpose; what is none is said")
  func find() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    #expect(try await Entered.enter(browser))
    let id = try #require(try await persons(browser).first)
    let token = try await browser.get("/persons").input("token") ?? ""
    let found = try await browser.post(
      "/persons/find", [("token", token), ("name", String(id.suffix(8))), ("purpose", "核对")])
    #expect(found.headers["location"] == "/persons/\(id)")
    #expect(try await browser.get("/persons/\(id)").body.contains("林晴玉"))
    let none = try await browser.post(
      "/persons/find", [("token", token), ("name", "00000000"), ("purpose", "核对")])
    #expect(none.headers["location"] == "/persons")
    #expect(try await browser.get("/persons").body.contains("▲"))
    try await office.stop()
  }

  @Test("Look-alikes stand side by side, are merged, and taken apart again (S12.3)")
  func duplicates() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    #expect(try await Entered.enter(browser))
    #expect(
      try await Entered.enter(
        browser,
        [
          "公民身份号码": "", "无身份号码原因": "证件遗失补办中", "性别": "女", "出生日期": "1992-03-26",
        ]))
    let list = try await browser.get("/persons/duplicates").body
    #expect(list.contains("◆ 不同") && !list.contains("林晴玉"))
    let ids = try await persons(browser)
    #expect(ids.count == 2)
    let compare = "/persons/compare?" + ids.map { "of=\($0)" }.joined(separator: "&")
    #expect(list.contains("/persons/compare?of="))
    try await give("查重", for: ids, back: compare, browser)
    let whole = try await browser.get(compare)
    #expect(whole.body.contains("林晴玉") && whole.body.contains("证件遗失补办中"))
    let token = whole.input("token") ?? ""
    let merged = try await browser.post(
      "/persons/merge",
      [("token", token), ("keep", ids[0]), ("reason", "同名同村，同一人")] + ids.map { ("of", $0) })
    #expect(merged.headers["location"] == "/persons/\(ids[0])")
    #expect(try await persons(browser).count == 1)
    #expect(try await browser.get("/persons/\(ids[0])").body.contains("同名同村，同一人"))
    _ = try await browser.post(
      "/persons/\(ids[0])/unmerge", [("token", token), ("merged", ids[1])])
    #expect(try await persons(browser).count == 2)
    try await office.stop()
  }

  @Test("What a sibling township claims stands beside the card, and is taken over field by field")
  func claims() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("town", as: .townshipOperator, of: "440306018")
    let county = try await office.signedIn()
    #expect(try await Entered.enter(county, ["联系电话": "0755-00000001"]))
    let town = try await office.signedIn(as: "town")
    #expect(
      try await Entered.enter(
        town,
        [
          "联系电话": "0755-00000002", "现居住地编码": "440306018", "现居住地地址": "新路1号<script>",
        ]))
    let id = try #require(try await persons(county).first)
    let page = "/persons/\(id)"
    try await give("核对", for: [id], back: page, county)
    let shown = try await county.get(page)
    #expect(shown.body.contains("他方的说法") && shown.body.contains("0755-00000002"))
    #expect(!shown.body.contains("<script>"))
    let none = try await county.post(
      page + "/accept",
      [("token", shown.input("token") ?? ""), ("item", shown.input("item") ?? "")])
    #expect(none.status == 303)
    #expect(try await county.get(page).body.contains("请先勾选"))
    _ = try await county.post(
      page + "/accept",
      [
        ("token", shown.input("token") ?? ""), ("item", shown.input("item") ?? ""),
        ("field", "telephone"),
      ])
    let after = try await county.get(page).body
    #expect(after.contains("✓ 已采纳") && after.contains("采纳了他方的说法"))
    try await office.stop()
  }

  @Test("Defects and persons without a number are listed, masked (S12.2, S12.3)")
  func quality() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    #expect(
      try await Entered.enter(
        browser,
        [
          "公民身份号码": "", "无身份号码原因": "证件遗失补办中", "性别": "女", "出生日期": "1992-03-26",
        ]))
    let page = try await browser.get("/persons/quality").body
    #expect(page.contains("无号码的 1 人") && page.contains("林**") && !page.contains("林晴玉"))
    try await office.stop()
  }
}
