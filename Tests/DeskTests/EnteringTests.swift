import Foundation
import TestNodes
import Testing

@testable import XiechaDesk

/// Entering by form and by file, and what becomes of signs that a browser could take for its own.
@Suite("Entering at the desk")
struct EnteringTests {
  /// A case of a synthetic woman, as the form of an assist request sends it.
  static func fields(_ token: String, remark: String = "") -> [(String, String)] {
    [
      ("token", token), ("of", "11"), ("姓名", "林晴玉"), ("公民身份号码", "44072619920326540X"),
      ("现居住地编码", "440306022"), ("现居住地地址", "示例路62号\"><img src=x onerror=alert(1)>"),
      ("户籍地编码", "441702105001"), ("户籍地地址", "样例村41号<script>alert(1)</script>"),
      ("协查项目", "姓名"), ("协查项目", "婚姻状况"), ("备注", remark),
    ]
  }

  @Test("What is entered is there to be sent, once however often it is entered")
  func enter() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/enter").input("token") ?? ""
    #expect(try await browser.post("/enter", Self.fields(token)).status == 303)
    #expect(try await browser.get("/enter").body.contains("已录入，在“发件”中发送"))
    #expect(try await browser.post("/enter", Self.fields(token)).status == 303)
    #expect(try await browser.get("/enter").body.contains("没有再次录入"))
    let box = try await browser.get("/outbox?state=entered").body
    #expect(box.components(separatedBy: "/send\"").count == 2)
    #expect(box.contains("林**") && !box.contains("林晴玉"))
    try await office.stop()
  }

  @Test("Whatever a field holds is text to the browser, in the page and in its attributes")
  func escaping() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/enter").input("token") ?? ""
    let remark = "</textarea><script>alert('x')</script>&amp;"
    _ = try await browser.post("/enter", Self.fields(token, remark: remark))
    let box = try await browser.get("/outbox").body
    let start = try #require(box.range(of: "/items/"))
    let path = String(box[start.lowerBound...].prefix { $0 != "\"" && $0 != "?" }.prefix(43))
    _ = try await browser.post(
      "/purpose",
      [
        ("token", token), ("of", String(path.dropFirst("/items/".count))), ("back", path),
        ("purpose", "<i>核对</i>"),
      ])
    for page in [path, path + "/sheet", path + "/answer"] {
      let body = try await browser.get(page).body
      #expect(body.contains("林晴玉") && body.contains("&lt;script&gt;alert("))
      #expect(!body.contains("<script>") && !body.contains("<img") && !body.contains("<i>"))
    }
    try await office.stop()
  }

  @Test("A record is shown only after its purpose was given (G2)")
  func purpose() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/enter").input("token") ?? ""
    _ = try await browser.post("/enter", Self.fields(token))
    let box = try await browser.get("/outbox").body
    let start = try #require(box.range(of: "/items/"))
    let path = String(box[start.lowerBound...].prefix(43))
    for page in [path, path + "/sheet", path + "/answer"] {
      let body = try await browser.get(page).body
      #expect(body.contains("查看目的") && !body.contains("林晴玉"))
    }
    try await office.stop()
  }

  @Test("A form with mistakes comes back as it was, each mistake at its field with the remedy")
  func faults() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/enter").input("token") ?? ""
    var fields = Self.fields(token)
    fields[3] = ("公民身份号码", "440726199203265401")
    let page = try await browser.post("/enter", fields)
    #expect(page.status == 200)
    #expect(page.body.contains("id=\"公民身份号码-fault\""))
    #expect(page.body.contains("校验码不符"))
    #expect(page.body.contains("value=\"林晴玉\""))
    #expect(try await browser.get("/outbox").body.contains("没有信息"))
    try await office.stop()
  }

  @Test(
    "A file's good rows are entered; the others are shown with reason and remedy, and downloaded")
  func importFile() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/import").input("token") ?? ""
    let file = """
      姓名,公民身份号码,现居住地编码,现居住地地址,户籍地编码,户籍地地址,协查项目
      林晴玉,44072619920326540X,440306022,示例路62号19栋594,441702105001,样例001村41号,姓名
      赵甲,440726199203265401,440306022,示例路62号19栋595,441702105001,样例001村42号,姓名

      """
    let taken = try await browser.upload("/import", token: token, name: "cases.csv", file)
    #expect(taken.headers["location"] == "/import/run")
    let page = try await browser.get("/import/run")
    #expect(page.body.contains("读取 2 行：录入 1，此前已录入 0，未导入 1"))
    #expect(page.body.contains("校验码不符"))
    let rejects = try await browser.get("/import/rejects.csv")
    #expect(rejects.headers["content-disposition"] == "attachment; filename=\"rejects.csv\"")
    #expect(rejects.body.contains("赵甲") && rejects.body.contains("原因"))
    _ = try await browser.upload("/import", token: token, name: "x<b>.csv", "no case file")
    let nothing = try await browser.get("/import/run")
    #expect(nothing.body.contains("▲") && !nothing.body.contains("<b>"))
    #expect(
      try await browser.upload("/import", token: "0", name: "cases.csv", file).status == 403)
    try await office.stop()
  }

  @Test(
    "Faulty rows are corrected on the page, sent again, and what is left stays; nothing is lost")
  func correctRows() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/import").input("token") ?? ""
    let file = """
      姓名,公民身份号码,现居住地编码,现居住地地址,户籍地编码,户籍地地址,协查项目
      赵甲,440726199203265401,440306022,示例路62号19栋595,441702105001,样例001村42号,姓名
      钱乙,44072619920326540X,440306022,示例路62号19栋596,441702,样例001村43号<i>,姓名

      """
    _ = try await browser.upload("/import", token: token, name: "cases.csv", file)
    let page = try await browser.get("/import/run")
    #expect(page.body.contains("第 2 行") && page.body.contains("第 3 行"))
    #expect(
      page.body.contains("id=\"row.2.1-fault\"") && page.body.contains("id=\"row.3.4-fault\""))
    #expect(page.body.contains("样例001村43号&lt;i&gt;"))
    var fields = [("token", token)]
    fields += [
      "姓名", "公民身份号码", "现居住地编码", "现居住地地址", "户籍地编码", "户籍地地址", "协查项目",
    ].map { ("heading", $0) }
    let first = [
      "赵甲", "440726199203265426", "440306022", "示例路62号19栋595", "441702105001", "样例001村42号", "姓名",
    ]
    let second = [
      "钱乙", "44072619920326540X", "440306022", "示例路62号19栋596", "4417", "样例001村43号", "姓名",
    ]
    fields += first.enumerated().map { ("row.2.\($0)", $1) }
    fields += second.enumerated().map { ("row.3.\($0)", $1) }
    #expect(
      try await browser.post("/import/rows", fields).headers["location"] == "/import/run")
    let again = try await browser.get("/import/run")
    #expect(again.body.contains("录入 1"))
    #expect(!again.body.contains("第 2 行") && again.body.contains("第 3 行"))
    #expect(again.body.contains("value=\"4417\""))
    let rejects = try await browser.get("/import/rejects.csv").body
    #expect(rejects.contains("钱乙") && !rejects.contains("赵甲"))
    // A session that ended meanwhile costs nothing that was typed.
    office.ahead.move(minutes: Int64(DeskLimits.idleMinutes))
    let late = try await browser.post("/import/rows", fields)
    #expect(late.body.contains("刚才填写的内容已保留"))
    try await office.stop()
  }

  @Test("A form is checked as it is typed by the same rules, and nothing is entered by it")
  func checkedAsTyped() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let page = try await browser.get("/enter")
    #expect(page.body.contains("data-check=\"/enter/check\""))
    let token = page.input("token") ?? ""
    let wrong = Entered.fields(token, ["公民身份号码": "440726199203265401"])
    let reply = try await browser.post("/enter/check", wrong)
    #expect(reply.headers["content-type"] == "application/json; charset=utf-8")
    #expect(reply.body.contains("公民身份号码") && reply.body.contains("校验码不符"))
    #expect(try await browser.post("/enter/check", Entered.fields(token)).body == "{}")
    #expect(try await browser.post("/enter/check", Entered.fields("0")).status == 403)
    #expect(try await browser.get("/outbox").body.contains("没有信息"))
    try await office.stop()
  }

  @Test("In English the fields have English names, and what is sent stays the same")
  func english() async throws {
    let office = try await DeskAndNode()
    let browser = try await office.signedIn()
    let token = try await browser.get("/enter").input("token") ?? ""
    _ = try await browser.post("/language", [("token", token), ("back", "/enter")])
    let page = try await browser.get("/enter").body
    #expect(page.contains(">citizen id *</label>") && page.contains("name=\"公民身份号码\""))
    #expect(page.contains(">marital status") && page.contains(">female</option>"))
    #expect(try await Entered.enter(browser))
    try await office.stop()
  }
}
