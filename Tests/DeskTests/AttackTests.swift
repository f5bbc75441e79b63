import Credentials
import TestNodes
import Testing

@testable import XiechaDesk

/// What others try, and what comes of it.
@Suite("Attacks on the desk")
struct AttackTests {
  @Test("A form of another site, without the token, or with another session's changes nothing")
  func forgery() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/todo").input("token") ?? ""
    let other = try await office.signedIn().get("/todo").input("token") ?? ""
    for (fields, origin) in [
      ([("token", token)], "https://elsewhere.example"), ([("token", token)], "null"),
      ([], nil), ([("token", other)], nil), ([("token", "")], nil),
    ] as [([(String, String)], String?)] {
      #expect(try await browser.post("/sign-out", fields, origin: origin).status == 403)
    }
    #expect(try await browser.get("/todo").status == 200)
    try await office.stop()
  }

  @Test("A sign-in from another site's form is refused")
  func forgedSignIn() async throws {
    let office = try await DeskAndNode()
    let reply = try await office.browser().post(
      "/sign-in", [("account", "wang"), ("password", "x")], origin: "https://elsewhere.example")
    #expect(reply.status == 403)
    #expect(reply.headers["set-cookie"] == nil)
    try await office.stop()
  }

  @Test(
    "After the sign-in nobody is led to another site",
    arguments: [
      "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x", "",
    ])
  func openRedirect(_ next: String) {
    #expect(LocalPath.read(next) == "/")
  }

  @Test("Each reply forbids what a page of the desk never does, and keeps nothing")
  func headers() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    for path in ["/todo", "/sign-in", "/no/such/page", "/items/zz"] {
      let reply = try await browser.get(path)
      #expect(reply.headers["content-security-policy"]?.contains("default-src 'none'") == true)
      #expect(reply.headers["content-security-policy"]?.contains("unsafe") == false)
      #expect(reply.headers["cache-control"] == "no-store")
      #expect(reply.headers["x-content-type-options"] == "nosniff")
      #expect(reply.headers["referrer-policy"] == "same-origin")
      #expect(reply.headers["strict-transport-security"] != nil)
      #expect(!reply.body.contains("<script>") && !reply.body.contains(" style="))
    }
    try await office.stop()
  }

  @Test(
    "A path that plays games finds nothing",
    arguments: [
      "/../../etc/passwd", "/items/..%2f..%2fetc%2fpasswd", "/style-1.css/../../x", "/%00",
      "/items/0/receive",
    ])
  func paths(_ path: String) async throws {
    let office = try await DeskAndNode()
    let reply = try await office.signedIn().get(path)
    #expect([400, 404].contains(reply.status))
    try await office.stop()
  }

  @Test("A form that is too large, of another kind or no text is refused, and the desk lives on")
  func forms() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let large = String(repeating: "a", count: DeskLimits.formBytes + 1)
    #expect(try await browser.post("/todo/receive", [("token", large)]).status == 413)
    let host = "127.0.0.1:\(office.port)"
    let head =
      "POST /sign-in HTTP/1.1\r\nHost: \(host)\r\nOrigin: https://\(host)\r\nConnection: close\r\n"
    let json = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    #expect(try await browser.send(head + json).status == 415)
    let noText = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%ff"
    #expect(try await browser.send(head + noText).status == 400)
    #expect(try await browser.get("/todo").status == 200)
    try await office.stop()
  }

  @Test("A head that is too large or no HTTP is refused")
  func heads() async throws {
    let office = try await DeskAndNode()
    let browser = try office.browser()
    let large = String(repeating: "a", count: DeskLimits.headerBytes + 1)
    for request in [
      "GET /todo HTTP/1.1\r\nHost: x\r\nA: \(large)\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
    ] {
      #expect(try await [0, 400, 431].contains(browser.send(request).status))
    }
    #expect(try await browser.get("/sign-in").status == 200)
    try await office.stop()
  }

  @Test("A giant upload is refused by what it says of itself, before it is read")
  func giantUpload() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let host = "127.0.0.1:\(office.port)"
    let head =
      "POST /import HTTP/1.1\r\nHost: \(host)\r\nOrigin: https://\(host)\r\nConnection: close\r\n"
      + "Cookie: \(browser.cookie ?? "")\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    for length in ["1099511627776", "99999999999999999999999"] {
      let reply = try await browser.send(head + "Content-Length: \(length)\r\n\r\n--x")
      #expect([400, 413].contains(reply.status))
    }
    #expect(try await browser.get("/todo").status == 200)
    try await office.stop()
  }

  @Test("Tried passwords lock the account for a while, the right one too; others get in (AUTH-2)")
  func passwordTries() async throws {
    let office = try await DeskAndNode()
    try await office.node.add("other", as: .countyOperator)
    let browser = try office.browser()
    for number in 0..<LockoutPolicy.fromOneAddress.failuresUntilLock {
      let reply = try await browser.post(
        "/sign-in", [("account", "wang"), ("password", "guess number \(number)")])
      #expect(reply.status == 403)
    }
    let right = try await browser.post(
      "/sign-in", [("account", "wang"), ("password", TestNode.password)])
    #expect(right.status == 403 && right.body.contains("账号或密码不对"))
    #expect(browser.cookie == nil)
    #expect(try await office.signedIn(as: "other").get("/todo").status == 200)
    try await office.stop()
  }
}
