import Credentials
import Exchange
import Foundation
import TestNodes
import Testing

@testable import XiechaDesk

/// What each role is offered, and what it is refused.
@Suite("Roles at the desk")
struct RolesTests {
  @Test(
    "A role begins where its duty is, and is offered nothing else",
    arguments: [
      (Role.countyOperator, "/todo", ["/inbox", "/import", "/persons", "/figures"], ["/audit"]),
      (.villageReporter, "/todo", ["/outbox", "/enter", "/letters"], ["/persons", "/figures"]),
      (.countySupervisor, "/overview", ["/inbox", "/figures"], ["/todo", "/enter", "/persons"]),
      (.auditor, "/audit", ["/help"], ["/todo", "/inbox", "/figures"]),
      (.systemAdministrator, "/account", ["/help"], ["/todo", "/audit", "/figures"]),
      (.securityAdministrator, "/account", ["/help"], ["/todo", "/audit", "/figures"]),
    ] as [(Role, String, [String], [String])])
  func places(
    _ role: Role, _ home: String, _ offered: [String], _ others: [String]
  ) async throws {
    let office = try await DeskAndNode()
    let division = role == .villageReporter ? "440306022001" : nil
    try await office.node.add("who", as: role, of: division)
    let browser = try await office.signedIn(as: "who")
    #expect(try await browser.get("/").headers["location"] == home)
    let page = try await browser.get(home)
    #expect(page.status == 200 && !page.body.contains("▲"))
    for place in offered { #expect(page.body.contains("href=\"\(place)\"")) }
    for place in others { #expect(!page.body.contains("href=\"\(place)\"")) }
    try await office.stop()
  }

  @Test("A supervisor sees where items wait, and who is under the line (S9, S10.3)")
  func overview() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("chief", as: .countySupervisor)
    let page = try await office.signedIn(as: "chief").get("/overview").body
    #expect(page.contains("待接收") && page.contains("95%（S6.1）"))
    #expect(page.contains("花名册") && page.contains("月报表"))
    try await office.stop()
  }

  @Test("A page that a role may not have is refused by the node, and nothing of it is shown")
  func refused() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("judge", as: .auditor)
    let browser = try await office.signedIn(as: "judge")
    for path in ["/todo", "/inbox", "/persons", "/figures", "/persons/duplicates", "/overview"] {
      let page = try await browser.get(path).body
      #expect(page.contains("您的角色或辖区无权进行此操作"))
      #expect(!page.contains("xiecha "))
    }
    try await office.stop()
  }

  @Test("The auditor finds who read a person and why; no other role may search (G2)")
  func audit() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("judge", as: .auditor)
    let clerk = try await office.signedIn()
    #expect(try await Entered.enter(clerk))
    let box = try await clerk.get("/outbox").body
    let start = try #require(box.range(of: "/items/"))
    let id = String(box[start.upperBound...].prefix(36))
    let token = try await clerk.get("/outbox").input("token") ?? ""
    _ = try await clerk.post(
      "/purpose",
      [("token", token), ("of", id), ("back", "/items/\(id)"), ("purpose", "答复<i>来电")])
    #expect(try await clerk.get("/items/\(id)").body.contains("林晴玉"))

    let judge = try await office.signedIn(as: "judge")
    let form = try await judge.get("/audit")
    func search(_ fields: [(String, String)]) async throws -> String {
      try await judge.post("/audit", [("token", form.input("token") ?? "")] + fields).body
    }
    let found = try await search([("person", "44072619920326540X"), ("purpose", "投诉核查")])
    #expect(found.contains("答复&lt;i&gt;来电") && found.contains("查看信息"))
    #expect(found.contains("wang") && !found.contains("林晴玉"))
    #expect(!found.contains("<td class=\"number\">44072619920326540X"))
    let own = try await search([("account", "judge"), ("purpose", "自查")])
    #expect(own.contains("检索日志") && own.contains("投诉核查"))
    #expect(try await search([("item", id), ("purpose", ".")]).contains("▲"))
    #expect(try await search([("item", id), ("person", "1"), ("purpose", "自查")]).contains("请选一种"))
    #expect(try await search([("item", id), ("purpose", "")]).contains("目的"))
    let refused = try await clerk.post(
      "/audit", [("token", token), ("account", "wang"), ("purpose", "好奇")]
    ).body
    #expect(refused.contains("您的角色或辖区无权进行此操作"))
    try await office.stop()
  }

  @Test("A password of more than ninety days opens nothing but its change (AUTH-1)")
  func expiredPassword() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("old", as: .countyOperator, age: 91 * 86_400_000)
    let browser = try office.browser()
    let page = try await browser.post(
      "/sign-in", [("account", "old"), ("password", TestNode.password)])
    #expect(page.body.contains("action=\"/sign-in/password\"") && browser.cookie == nil)
    func change(_ present: String, _ new: String, _ again: String) async throws -> Browser.Reply {
      try await browser.post(
        "/sign-in/password",
        [
          ("account", "old"), ("present-password", present), ("new-password", new),
          ("password-again", again),
        ])
    }
    let next = "Aa1-three-quiet-lakes"
    #expect(try await change(TestNode.password, next, "another").body.contains("两次输入的密码不同"))
    #expect(try await change("not the password", next, next).status == 403)
    let done = try await change(TestNode.password, next, next)
    #expect(done.body.contains("密码已更改") && !done.body.contains(next))
    let entered = try await browser.post("/sign-in", [("account", "old"), ("password", next)])
    #expect(entered.status == 303)
    try await office.stop()
  }
}
