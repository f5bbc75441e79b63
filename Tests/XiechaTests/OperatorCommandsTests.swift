import Foundation
import RPC
import TestSupport
import Testing

@Suite("xiecha at a county's node", .timeLimit(.minutes(2)))
struct OperatorCommandsTests {
  static let tools =
    URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path() + "Tools/"

  @Test("S8.1: the password is not kept; the session's credential is, for its owner only")
  func signIn() async throws {
    let node = try await CountyNode.start()
    let run = try await node.signIn()
    #expect(run.exit == 0)
    #expect(run.output.contains("县级信息交换员"))
    let path = node.directory + "/.config/xiecha/bao.json"
    let profile = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    #expect(!profile.contains(CountyNode.password))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let who = try await node.xiecha("whoami", "--json", environment: ["XIECHA_PASSWORD": ""])
    #expect(try who.objects.first?["account"] as? String == "wang")
    #expect(try await node.xiecha("sign-out").exit == 0)
    #expect(try await node.xiecha("whoami").exit == 3)
    try await node.stop()
  }

  @Test("a wrong password ends with 3, an unreachable node and a wrong division with 4")
  func refusals() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let wrong = try await node.xiecha(
      "sign-in", "bao", environment: ["XIECHA_PASSWORD": "not the password"])
    #expect(wrong.exit == 3)
    let elsewhere = try await node.xiecha("sign-in", "bao", "--division", "441702")
    #expect(elsewhere.exit == 4)
    let nowhere = try await node.xiecha("sign-in", "bao", "--node", "127.0.0.1:1")
    #expect(nowhere.exit == 4)
    let file = node.directory + "/password"
    try Data(CountyNode.password.utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    let readable = try await node.xiecha("sign-in", "bao", "--password-file", file)
    #expect(readable.exit == 3)
    #expect(readable.error.contains("chmod 600"))
    // None of them has spoiled the sign-in that there was.
    #expect(try await node.xiecha("whoami").exit == 0)
    try await node.stop()
  }

  @Test("a home, a name and a certificate's path may hold spaces and Chinese")
  func chinesePaths() async throws {
    let node = try await CountyNode.start()
    let home = node.directory + "/王 家"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: node.directory + "/authority.pem", toPath: home + "/根 证书.pem")
    let signIn = try await node.xiecha(
      "sign-in", "西乡", "--node", "\(node.endpoint)",
      "--division", CountyNode.division, "--account", CountyNode.account,
      "--trust", home + "/根 证书.pem", environment: ["HOME": home])
    #expect(signIn.exit == 0, "\(signIn.error)")
    let who = try await node.xiecha("whoami", environment: ["HOME": home, "XIECHA_PASSWORD": ""])
    #expect(who.exit == 0, "\(who.error)")
    try await node.stop()
  }

  @Test("a lost connection is opened again: the operator sees the answer, not the network")
  func lossyWay() async throws {
    let node = try await CountyNode.start()
    let way = try await LossyWay(to: node.endpoint.port, losing: 2)
    #expect(try await node.signIn(at: way.endpoint).exit == 0)
    #expect(way.connections == 3)
    try await way.stop()
    try await node.stop()
  }

  @Test("an import whose connection is lost on the way goes on, and enters nothing twice")
  func lossyImport() async throws {
    let node = try await CountyNode.start()
    let way = try await LossyWay(to: node.endpoint.port, losing: 2, after: 30_000)
    #expect(try await node.signIn(at: way.endpoint).exit == 0)
    let file = OperatorCommandsTests.tools + "demo-cases-440306018.csv"
    let rejects = node.directory + "/rejects.csv"
    let run = try await node.xiecha("import", file, "--rejects", rejects, "--json")
    #expect(run.exit == 5)
    let summary = try #require(try run.objects.first)
    // An answer that was lost is asked for again: the item was there then.
    let entered = summary["entered"] as? Int ?? 0
    let before = summary["enteredBefore"] as? Int ?? 0
    #expect(entered + before == 120)
    #expect(way.connections == 3)
    let listed = try await node.xiecha("list", "--out", "--json").objects
    #expect(listed.count == 120)
    try await way.stop()
    try await node.stop()
  }

  @Test("the sample goes in once, its bad rows are listed, masked, and written to a rejects file")
  func importSample() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let file = node.directory + "/cases.csv"
    try FileManager.default.copyItem(
      atPath: OperatorCommandsTests.tools + "demo-cases-440306018.csv", toPath: file)
    let first = try await node.xiecha("import", file, environment: ["COLUMNS": "100"])
    #expect(first.exit == 5)
    #expect(first.output.contains("读取 127 行：录入 120，此前已录入 0，未导入 7"))
    #expect(first.output.contains("校验码不符"))
    // G3: no whole number is shown; each carries its birth year behind the region.
    #expect(first.output.firstMatch(of: /4407261(9|0)/) == nil)
    let second = try await node.xiecha("import", file, "--json")
    let summary = try #require(try second.objects.first)
    #expect(summary["entered"] as? Int == 0)
    #expect(summary["enteredBefore"] as? Int == 120)
    #expect(summary["rejected"] as? Int == 7)
    #expect(summary["rejectsFile"] as? String == node.directory + "/cases.rejects-2.csv")
    let again = try await node.xiecha("import", node.directory + "/cases.rejects.csv")
    #expect(again.output.contains("读取 7 行：录入 0，此前已录入 0，未导入 7"))
    try await node.stop()
  }

  @Test("PIPL 45: all that is held of a person is written as a page to print, and for programs")
  func subjectReport() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let file = OperatorCommandsTests.tools + "demo-cases-440306018.csv"
    #expect(try await node.xiecha("import", file, "--rejects", node.directory + "/r.csv").exit == 5)
    // The sample's second row.
    let number = "440726199805191129"
    let (page, data) = (node.directory + "/her.html", node.directory + "/her.json")
    let written = try await node.xiecha(
      "subject-report", number, "--purpose", "本人申请", "--out", page)
    #expect(written.exit == 0, "\(written.error)")
    let html = try String(contentsOf: URL(filePath: page), encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("个人信息查询单"))
    #expect(html.contains(number) && html.contains("本人申请"))
    let json = try await node.xiecha(
      "subject-report", number, "--purpose", "复核", "--format", "json", "--out", data)
    #expect(json.exit == 0, "\(json.error)")
    let lines = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: data)))
        as? [[String: Any]])
    let kinds = lines.compactMap { $0["kind"] as? String }
    #expect(Set(kinds).isSuperset(of: ["item", "record", "reading"]))
    let readings = lines.filter { $0["kind"] as? String == "reading" }
    #expect(readings.compactMap { $0["said"] as? String } == ["本人申请", "复核"])
    let again = try await node.xiecha(
      "subject-report", number, "--purpose", "复核", "--out", page)
    #expect(again.exit == 2)
    try await node.stop()
  }

  @Test("a rejects file replaces nothing but an earlier one: not the case file, no device, no link")
  func rejectsReplaceNothing() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let (file, other, link, rejects) = (
      node.directory + "/cases.csv", node.directory + "/notes.txt", node.directory + "/link.csv",
      node.directory + "/rejects.csv"
    )
    let cases = try Data(
      contentsOf: URL(filePath: OperatorCommandsTests.tools + "demo-cases-440306018.csv"))
    try cases.write(to: URL(filePath: file))
    try Data("笔记".utf8).write(to: URL(filePath: other))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    for kept in [file, node.directory + "/./cases.csv", link, other, "/dev/null", node.directory] {
      let runs = [
        try await node.xiecha("import", file, "--rejects", kept),
        try await node.xiecha("import", file, "--rejects", kept, "--check"),
      ]
      for run in runs {
        #expect(run.exit == 2, "\(kept): \(run.error)")
        #expect(run.error.contains("--rejects"), "\(kept): \(run.error)")
      }
    }
    #expect(try Data(contentsOf: URL(filePath: file)) == cases)
    #expect(try String(contentsOf: URL(filePath: other), encoding: .utf8) == "笔记")
    for _ in 0..<2 {
      let run = try await node.xiecha("import", file, "--rejects", rejects)
      #expect(run.exit == 5, "\(run.error)")
    }
    try await node.stop()
  }

  @Test("what is entered is sent, listed by state, found by the end of its id, and followed")
  func wayOfAnItem() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let file = OperatorCommandsTests.tools + "demo-cases-440306022.csv"
    _ = try await node.xiecha("import", file, "--rejects", node.directory + "/rejects.csv")
    let entered = try await node.xiecha("list", "--out", "--state", "entered", "--json").objects
    let id = try #require(entered.first?["id"] as? String)
    let short = String(id.suffix(8))
    let other = try #require(entered.last?["id"] as? String)
    #expect(try await node.xiecha("send", short).output == "已提交 1 条\n")
    let sent = try await node.xiecha("list", "--out", "--state", "已提交", "--json").objects
    #expect(sent.map { $0["id"] as? String } == [id])
    let rest = try await node.xiecha("send", "--lang", "en")
    #expect(rest.output == "sent: \(entered.count - 1)\n")
    let counts = try await node.xiecha("counts", "--json").objects
    #expect(counts.first?["out.submitted"] as? Int == entered.count)
    // A third of a Chinese name is a letter: tables must fit whatever they hold.
    let table = try await node.xiecha("list", "--out", environment: ["COLUMNS": "80"])
    #expect(table.output.split(separator: "\n").count == entered.count + 2)
    let history = try await node.xiecha("follow", short, "--purpose", "核对 录入")
    #expect(history.exit == 0)
    #expect(history.output.contains("提交"))
    let events = try await node.xiecha("follow", id, "--purpose", "x", "--json").objects
    let kinds = (events.first?["events"] as? [[String: Any]])?.map { $0["kind"] as? String }
    #expect(kinds == ["entered", "submitted"])
    let unsaid = try await node.xiecha("take-back", short, "--what", "entry", "--reason", " ")
    #expect(unsaid.exit == 2)
    let own = (events.first?["events"] as? [[String: Any]])?.first?["id"] as? String
    let back = try await node.xiecha(
      "take-back", short, "--what", "entry", "--event", try #require(own), "--reason", "录错了人",
      "--json")
    #expect(try back.objects.first?["state"] as? String == "withdrawn", "\(back.error)")
    let withdrawn = try await node.xiecha("follow", short, "--purpose", "核对")
    #expect(withdrawn.output.contains("已撤回") && withdrawn.output.contains("录错了人"))
    let listed = try await node.xiecha("list", "--out", "--state", "撤回", "--json").objects
    #expect(listed.map { $0["id"] as? String } == [id])
    // PIPL 47, 51: what a person asks for is taken up, and approved by somebody else.
    let (why, basis) = ("本人要求删除", "个保法47条")
    let both = try await node.xiecha(
      "right", "ask", short, "--erase", "--correct", "name=王某", "--reason", why, "--basis", basis)
    #expect(both.exit == 2)
    let early = try await node.xiecha(
      "right", "ask", String(other.suffix(8)), "--erase", "--reason", why, "--basis", basis)
    #expect(early.exit == 1)
    let asked = try await node.xiecha(
      "right", "ask", short, "--erase", "--reason", why, "--basis", basis)
    #expect(asked.exit == 0 && asked.output.contains("已受理"), "\(asked.error)")
    #expect(try await node.xiecha("todo").output.contains("个人请求待决定"))
    let alone = try await node.xiecha("right", "decide", short, "--grant", "--reason", "属实")
    #expect(alone.exit == 1 && alone.error.contains("第二人"))
    let shown = try await node.xiecha("follow", short, "--purpose", "核对")
    #expect(shown.output.contains("本人要求删除; (个保法47条)"))
    // The answer is the other side's (S2.1).
    let answer = try await node.xiecha("answer", short, "--found")
    #expect(answer.exit == 1)
    #expect(try await node.xiecha("answer", "00000000", "--found").exit == 1)
    #expect(try await node.xiecha("answer", "no-id", "--found").exit == 2)
    try await node.stop()
  }

  @Test("S7, S12, S4.4: a case file with records goes into the register, is reviewed and merged")
  func register() async throws {
    let node = try await CountyNode.start()
    #expect(try await node.signIn().exit == 0)
    let file = node.directory + "/cases.csv"
    let headings = "信息类型,信息类别,姓名,公民身份号码,无身份号码原因,出生日期,性别,现居住地编码,现居住地地址,户籍地编码,户籍地地址,婚育证明,流入日期"
    let rows = [
      "服务管理信息,流入信息,王样例,440726198506153427,,,女,440306018,示例路1号,441702102201,样例村2号,没有证,2026-03-01",
      "服务管理信息,流入信息,王样例,,证件遗失,1985-06-15,女,440306018,示例路1号,441702102201,样例村2号,有证,2026-03-01",
      "服务管理信息,流入信息,王缺项,440726198506153427,,,女,440306018,示例路1号,441702102201,样例村2号,有证,",
    ]
    try Data((([headings] + rows).joined(separator: "\n") + "\n").utf8)
      .write(to: URL(filePath: file))
    let entered = try await node.xiecha("import", file)
    #expect(entered.exit == 5)
    #expect(entered.output.contains("缺少“流入日期”"))
    #expect(entered.output.contains("应通报：未持有有效流动人口计划生育证件的 1 人（S4.4）"))

    let quality = try await node.xiecha("quality")
    #expect(quality.output.contains("资料有问题的 0 人，无号码的 1 人"))
    let groups = try await node.xiecha("duplicates", "--json").objects
    #expect(groups.map { $0["ground"] as? String } == ["sameNameBirthVillage"])
    let persons = try #require(groups.first?["persons"] as? [[String: Any]])
    let ids = persons.compactMap { ($0["id"] as? String).map { String($0.suffix(8)) } }
    try #require(ids.count == 2)
    let merged = try await node.xiecha("merge", ids[0], ids[1], "--reason", "同一人")
    #expect(merged.output.contains("\(ids[1]) 已并入 \(ids[0])"))
    #expect(try await node.xiecha("duplicates").output.contains("没有疑似重复的人员"))
    let history = try await node.xiecha("record", ids[0], "--purpose", "核对")
    #expect(history.output.contains("流入日期  2026-03-01"))
    #expect(history.output.contains("wang@宝安区") && history.output.contains("同一人"))
    let whole = try #require(persons.last?["id"] as? String)
    #expect(try await node.xiecha("unmerge", whole).output.contains("合并已撤销"))
    let list = try await node.xiecha("persons")
    #expect(list.output.contains("无须确认") && !list.output.contains("440726198506153427"))
    #expect(try await node.xiecha("persons", "--awaiting").output.contains("没有人员"))
    let own = try await node.xiecha("list", "--out", "--json").objects.first?["id"] as? String
    let refused = try await node.xiecha("confirm", try #require(own), "--yes")
    #expect(refused.exit == 1 && refused.error.contains("须由户籍地审核确认"))
    // What she is said to be by her own item is no claim; a field has a name.
    let id = ids[0]
    let claim = try #require(own)
    let none = try await node.xiecha("accept", id, "--claim", claim, "--fields", "telephone")
    #expect(none.exit == 1, "\(none.error)")
    #expect(
      try await node.xiecha("accept", id, "--claim", claim, "--fields", "phone").exit == 2)
    try await node.stop()
  }
}
