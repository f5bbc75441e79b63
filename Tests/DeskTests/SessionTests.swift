import TestNodes
import Testing

@testable import XiechaDesk

/// Signing in and out, and what keeps a session its owner's.
@Suite("The desk's sessions")
struct SessionTests {
  @Test("A clerk signs in, sees the to-do page, and signs out")
  func signInAndOut() async throws {
    let office = try await DeskAndNode()
    let browser = try office.browser()
    #expect(try await browser.get("/todo").headers["location"] == "/sign-in")
    let entered = try await browser.post(
      "/sign-in",
      [("account", "wang"), ("password", TestNode.password), ("lang", "zh"), ("next", "/todo")])
    #expect(entered.status == 303)
    #expect(entered.headers["location"] == "/todo")
    let page = try await browser.get("/todo")
    #expect(page.status == 200)
    #expect(page.body.contains("待办"))
    #expect(page.body.contains("没有待办"))
    let left = try await browser.post("/sign-out", [("token", page.input("token") ?? "")])
    #expect(left.headers["set-cookie"]?.contains("Max-Age=0") == true)
    #expect(office.desk.book.count == 0)
    try await office.stop()
  }

  @Test("A wrong password opens nothing and says what to do, without the password in the page")
  func wrongPassword() async throws {
    let office = try await DeskAndNode()
    let browser = try office.browser()
    let reply = try await browser.post(
      "/sign-in", [("account", "wang"), ("password", "<b>no such password"), ("lang", "en")])
    #expect(reply.status == 403)
    #expect(reply.body.contains("account or password is wrong"))
    #expect(!reply.body.contains("no such password"))
    #expect(browser.cookie == nil)
    try await office.stop()
  }

  @Test("The cookie holds a random key alone, for this host, over HTTPS, out of scripts' reach")
  func cookie() async throws {
    let office = try await DeskAndNode()
    let browser = try office.browser()
    let reply = try await browser.post(
      "/sign-in", [("account", "wang"), ("password", TestNode.password)])
    let parts = (reply.headers["set-cookie"] ?? "").split(separator: "; ").map(String.init)
    #expect(parts.dropFirst() == ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"])
    #expect(parts.first?.hasPrefix("__Host-xiecha=") == true)
    #expect(parts.first?.count == "__Host-xiecha=".count + 64)
    try await office.stop()
  }

  @Test("A key that was known before the sign-in opens nothing (session fixation)")
  func fixation() async throws {
    let office = try await DeskAndNode()
    let first = try await office.signedIn()
    let known = first.cookie
    let browser = try office.browser()
    browser.cookie = known
    _ = try await browser.post(
      "/sign-in", [("account", "wang"), ("password", TestNode.password)])
    #expect(browser.cookie != known)
    #expect(try await first.get("/todo").headers["location"] == "/sign-in")
    #expect(try await browser.get("/todo").status == 200)
    try await office.stop()
  }

  @Test("After half an hour without a request a session ends, and what was typed is kept (S8.1)")
  func idle() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/todo").input("token") ?? ""
    office.ahead.move(minutes: Int64(DeskLimits.idleMinutes))
    let late = try await browser.post(
      "/enter", [("token", token), ("of", "11"), ("备注", "写了很久的备注 & <更多>")])
    #expect(late.body.contains("刚才填写的内容已保留"))
    let again = try await browser.post(
      "/sign-in",
      [
        ("account", "wang"), ("password", TestNode.password), ("next", late.input("next") ?? ""),
        ("kept", (late.input("kept") ?? "").replacing("&amp;", with: "&")),
      ])
    #expect(again.status == 200)
    #expect(again.body.contains("写了很久的备注 &amp; &lt;更多&gt;"))
    #expect(again.input("token") != token)
    try await office.stop()
  }

  @Test("A page tells its script when the session ends; whoever stays, stays (S8.1)")
  func stay() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let page = try await browser.get("/todo")
    #expect(page.body.contains("data-idle=\"1800\" data-warn=\"120\""))
    #expect(page.body.contains("<script src=\"\(Script.path)\" defer=\"defer\"></script>"))
    #expect(
      try await browser.get(Script.path).headers["content-type"] == "text/javascript; charset=utf-8"
    )
    for _ in 0..<2 {
      office.ahead.move(minutes: Int64(DeskLimits.idleMinutes - DeskLimits.warningMinutes))
      let stays = try await browser.post("/stay", [("token", page.input("token") ?? "")])
      #expect(stays.status == 204)
    }
    #expect(try await browser.get("/todo").status == 200)
    try await office.stop()
  }

  @Test("A password that was typed when the session had ended is not kept")
  func passwordsAreNotKept() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    office.ahead.move(minutes: Int64(DeskLimits.idleMinutes))
    let late = try await browser.post(
      "/account", [("present-password", "correct horse"), ("new-password", "another one")])
    #expect(late.status == 303)
    #expect(!late.body.contains("correct horse") && !late.body.contains("another one"))
    try await office.stop()
  }

  @Test("An account has four sessions; a fifth ends the one that was idle longest")
  func sessionsOfAccount() async throws {
    let office = try await DeskAndNode()
    let first = try await office.signedIn()
    for _ in 0..<DeskLimits.sessionsOfAccount { _ = try await office.signedIn() }
    #expect(office.desk.book.count == DeskLimits.sessionsOfAccount)
    #expect(try await first.get("/todo").headers["location"] == "/sign-in")
    try await office.stop()
  }
}
