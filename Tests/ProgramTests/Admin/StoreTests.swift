import Foundation
import Ledger
import TestSupport
import Testing

@Suite("xiecha-admin: what it does on a node's ledger")
struct StoreTests {
  let office: Office

  init() throws {
    office = try Office()
  }

  private func ledger() throws -> Ledger {
    try Ledger(
      path: office.folder.file("store.sqlite"), options: LedgerOptions(owner: .administration))
  }

  @Test("S2.3: a node is registered with the role of its level, its certificate and its name")
  func register() async throws {
    let office = try await Office.ready(Office.county, Office.township)
    try await office.done(["password", "generate", "--out", "p"])
    let register = ["node", "register", "--store", "store.sqlite", "--password-file", "p"]
    for division in [Office.province, Office.county, Office.township] {
      try await office.done(register + ["--division", division])
    }
    let ledger = try Ledger(
      path: office.folder.file("store.sqlite"), options: LedgerOptions(owner: .administration))
    let roles = try await ledger.read { try $0.accounts().map(\.role) }
    #expect(roles == ["provinceNode", "countyNode", "townshipNode"])
    let before = try await ledger.read { try $0.account("node:440306")?.verifier }
    let update = ["node", "register", "--store", "store.sqlite", "--division", Office.county]
    try await office.done(update + ["--certificate", "Certificates/440306.pem"])
    let node = try await ledger.read { try $0.node(Office.county) }
    #expect(node?.fingerprint.count == 32)
    #expect(node?.name == "宝安区")
    #expect(try await ledger.read { try $0.account("node:440306")?.verifier } == before)
    try ledger.close()
    let wrong = try await office.admin(update + ["--certificate", "Certificates/440306018.pem"])
    #expect(wrong.exit == 3)
    #expect(wrong.error.contains("of division 440306018, not of 440306"))
  }

  @Test("A node that is switched off may sign in no longer")
  func disableNode() async throws {
    try office.folder.write("First-lantern-77", to: "first")
    let division = ["--store", "store.sqlite", "--division", Office.county]
    try await office.done(["node", "register", "--password-file", "first"] + division)
    try await office.done(["node", "disable"] + division)
    let ledger = try ledger()
    #expect(try await ledger.read { try $0.account("node:440306")?.disabled } != 0)
    #expect(try await ledger.read { try $0.node(Office.county)?.isEnabled } == false)
    try await office.done(["node", "enable"] + division)
    #expect(try await ledger.read { try $0.account("node:440306")?.disabled } == 0)
    try ledger.close()
    let unknown = try await office.admin([
      "node", "disable", "--store", "store.sqlite", "--division", "440305",
    ])
    #expect(unknown.exit == 1)
    // What was refused leaves no trace.
    #expect(
      try await administration() == [
        "node-register 440306", "node-disable 440306", "node-enable 440306",
      ])
  }

  @Test("What an administrator does to accounts is in the log (G2)")
  func administered() async throws {
    try office.folder.write("First-lantern-77", to: "first")
    try office.folder.write("Second-lantern-78", to: "second")
    let store = ["--store", "store.sqlite"]
    let name = ["--name", "li.wei"]
    try await office.done(
      ["operator", "add", "--role", "countyOperator", "--division", Office.county]
        + ["--display", "李伟", "--password-file", "first"] + name + store)
    try await office.done(["operator", "disable"] + name + store)
    try await office.done(["operator", "enable"] + name + store)
    try await office.done(["password", "set", "--password-file", "second"] + name + store)
    #expect(
      try await administration() == [
        "operator-add li.wei countyOperator 440306", "operator-disable li.wei",
        "operator-enable li.wei", "password-set li.wei",
      ])
  }

  /// What the trace has of administration, each with what it was done to.
  private func administration() async throws -> [String] {
    let ledger = try ledger()
    let traces = try await ledger.read { try $0.traces() }
    try ledger.close()
    #expect(traces.allSatisfy { $0.entry.actor.account.hasPrefix("xiecha-admin:") })
    return traces.map { "\($0.entry.action) \($0.entry.purpose)" }
  }

  @Test("A listing of a ledger that is not there makes none")
  func noStore() async throws {
    let result = try await office.admin(["operator", "list", "--store", "store.sqlite"])
    #expect(result.exit == 2)
    #expect(office.folder.mode(of: "store.sqlite") == nil)
  }

  @Test("G2: the trace is listed and verified; a head that was kept shows what is missing")
  func trace() async throws {
    let item = LedgerID(version7At: 1)
    let ledger = try ledger()
    for action in ["follow", "export"] {
      try await ledger.commit { ledger in
        _ = try ledger.leaveTrace(
          TraceEntry(
            at: 1,
            actor: LedgerActor(account: "li.wei", role: "countyOperator", division: "440306"),
            action: action, purpose: "核实", item: action == "follow" ? item : nil,
            subjectKey: action == "follow" ? "" : "440726198506153427"))
      }
    }
    try ledger.close()
    let store = ["--store", "store.sqlite"]
    let one = try await office.done(["trace", "list", "--item", "\(item)", "--json"] + store)
    #expect(one.output.contains("follow") && !one.output.contains("export"))
    let person = ["--person", "440726198506153427"]
    let hers = try await office.done(["trace", "list", "--json"] + person + store)
    #expect(hers.output.contains("export") && !hers.output.contains("follow"))
    #expect(!hers.output.contains("440726198506153427"))
    // The same person in another spelling (fault 43), and nobody.
    for spelling in ["４４０７２６１９８５０６１５３４２７", " 440726 19850615 3427\u{200B}", "440726850615342"] {
      let same = try await office.done(["trace", "list", "--json", "--person", spelling] + store)
      #expect(same.output == hers.output)
    }
    let nobody = try await office.done(
      ["trace", "list", "--person", "11010519491231002x"] + store)
    #expect(nobody.output.contains("nobody has read") || nobody.output.contains("没有查阅记录"))
    let none = try await office.admin(["trace", "list", "--person", "王芳"] + store)
    #expect(none.exit == 2)
    let both = try await office.admin(["trace", "list", "--item", "\(item)"] + person + store)
    #expect(both.exit == 2)
    // Both are of the first day of 1970 in China.
    let searches: [([String], Bool)] = [
      (["--account", "Li.Wei"], true), (["--account", "wang"], false),
      (["--from", "1970-01-01", "--to", "1970-01-01"], true), (["--from", "1970-01-02"], false),
      (["--to", "1969-12-31"], false), (["--account", "li.wei", "--to", "1970-01-01"], true),
    ]
    for (search, isFound) in searches {
      let result = try await office.done(["trace", "list", "--json"] + search + store)
      #expect(result.output.contains("export") == isFound, "\(search)")
      #expect(result.output.contains("follow") == isFound, "\(search)")
    }
    for wrong in [
      ["--account", "wang", "--item", "\(item)"], ["--from", "2027-02-30"],
      ["--from", "2027-02-02", "--to", "2027-02-01"],
    ] {
      #expect(try await office.admin(["trace", "list"] + wrong + store).exit == 2, "\(wrong)")
    }
    let verified = try await office.done(["trace", "verify"] + store)
    #expect(verified.output.contains("intact, 2 rows"))
    let head = try #require(verified.output.split(separator: " ").last)
      .trimmingCharacters(in: .newlines)
    try await office.done(["trace", "verify", "--head", head] + store)
    let longer = "3:" + head.dropFirst(2)
    let broken = try await office.admin(["trace", "verify", "--head", longer] + store)
    #expect(broken.exit == 1)
    #expect(broken.error.contains("broken at row 3"))
  }

  @Test("S4.5: a calendar file is taken whole or not at all, and its wrong line is named")
  func calendar() async throws {
    try ledger().close()
    let good = TestCalendar.next
    let two = "date,type,name\n2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节\n"
    let wrong = [
      ("2027-10-01,holiday,国庆节\n", "calendar.csv:1, header"),
      ("date,type,name\n2027-13-01,holiday,元旦\n", "calendar.csv:2, date"),
      ("date,type,name\n2027-01-01,feast,元旦\n", "calendar.csv:2, type"),
      (two + "2027-01-01,holiday,元旦\n", "calendar.csv:4, date"),
      (two, "missing: 2027：春节、清明节、劳动节、端午节、中秋节、国庆节"),
      ("date,type,name\n2026-11-30,workday_makeup,元旦\n", "2026-11-30 is a working day already"),
      (good.replacingOccurrences(of: "2027", with: "2028"), "years"),
    ]
    let take = ["calendar", "import", "--store", "store.sqlite", "calendar.csv"]
    for (text, place) in wrong {
      try office.folder.write(text, to: "calendar.csv")
      let result = try await office.admin(take)
      #expect(result.exit == 2)
      #expect(result.error.contains(place), "\(result.error)")
    }
    let ledger = try ledger()
    #expect(try await ledger.read { try $0.calendarDays() } == [])
    try office.folder.write(good, to: "calendar.csv")
    let result = try await office.done(take)
    #expect(result.output.contains("the calendar covers 2004–2027"))
    #expect(try await ledger.read { try $0.calendarDays().count } == 12)
    // A supplement amends: the year stays whole.
    try office.folder.write("date,type,name\n2026-11-27,holiday,测试\n", to: "calendar.csv")
    #expect(try await office.done(take).output.contains("the calendar covers 2004–2027"))
    let days = try await ledger.read { try $0.calendarDays() }
    #expect(days.contains { $0.day == 2026_11_27 } && days.contains { $0.day == 2026_10_01 })
    try ledger.close()
    #expect(try await administration() == ["calendar-import 2027", "calendar-import 2026"])
  }

  @Test("What was not taken is listed with its reason and without its content")
  func quarantine() async throws {
    let ledger = try ledger()
    try await ledger.commit { ledger in
      try ledger.quarantine(
        QuarantinedEvent(
          peer: "440000", cursor: InboxCursor(outbox: "o", sequence: 7), event: nil, item: nil,
          at: 1, reason: "wrong-division", field: "event.actor.division", text: "not yours",
          body: Array("王样例".utf8)))
    }
    try ledger.close()
    let store = ["--store", "store.sqlite"]
    let list = try await office.done(["quarantine", "list", "--json"] + store)
    #expect(list.output.contains("wrong-division"))
    #expect(!list.output.contains("王样例"))
    let explained = try await office.done(["quarantine", "explain", "440000:7"] + store)
    #expect(explained.output.contains("9 bytes from 440000"))
    #expect(explained.output.contains("remedy"))
    #expect(!explained.output.contains("王样例"))
    let unknown = try await office.admin(["quarantine", "explain", "440000:8"] + store)
    #expect(unknown.exit == 1)
    let retried = try await office.done(["quarantine", "retry"] + store)
    #expect(retried.output.contains("tries 1 again"))
    let before = try await office.done(["status"] + store)
    #expect(before.output.contains("440000"))
    let held = try await office.done(["status", "--json"] + store).output
    let status = try JSONSerialization.jsonObject(with: Data(held.utf8)) as? [String: Any]
    let lines = try #require(status?["held"] as? [[String: Any]])
    func line(_ what: String) -> [String: Any] {
      lines.first { $0["what"] as? String == what } ?? [:]
    }
    #expect(line("setAside")["held"] as? Int == 1)
    #expect(line("setAside")["bound"] as? Int == LedgerLimits.quarantinedOfPeer)
    #expect(line("setAsideBytes")["held"] as? Int == 9)
    #expect(line("setAsideBytes")["bound"] as? Int == LedgerLimits.quarantinedBytesOfPeer)
    // What has no bound says why it is kept.
    #expect(
      lines.filter { $0["bound"] == nil }.allSatisfy {
        ($0["until"] as? String)?.contains("kept") == true
      })
    let dismiss = ["quarantine", "dismiss", "440000:7"] + store
    let silent = try await office.admin(dismiss + ["--reason", "  ."])
    #expect(silent.exit == 2)
    let reason = ["--reason", "与对方核对，系试验数据"]
    try await office.done(dismiss + reason)
    #expect(try await office.admin(dismiss + reason).exit == 1)
    let after = try await office.done(["quarantine", "list"] + store)
    #expect(after.output.contains("系试验数据"))
    let trace = try await office.done(["trace", "list"] + store)
    #expect(trace.output.contains("440000:7: 与对方核对"))
  }

  @Test(
    "A node that waits for nobody needs no leave to go on, and no leave is given without a reason")
  func goOn() async throws {
    let ledger = try ledger()
    try await ledger.commit { ledger in
      try ledger.moveInboxCursor(of: "440000", to: InboxCursor(outbox: "o", sequence: 1))
      try ledger.putBack(from: 1, at: 2)
    }
    try ledger.close()
    let store = ["--store", "store.sqlite"]
    let status = try await office.done(["status"] + store)
    #expect(status.output.contains("waits for what these hold: 440000"))
    #expect(try await office.admin(["go-on", "--reason", "-"] + store).exit == 2)
    try await office.done(["go-on", "--reason", "省节点停电，周一恢复"] + store)
    let trace = try await office.done(["trace", "list"] + store)
    #expect(trace.output.contains("go-on") && trace.output.contains("省节点停电"))
    #expect(try await office.admin(["go-on", "--reason", "再一次"] + store).exit == 1)
  }
}
