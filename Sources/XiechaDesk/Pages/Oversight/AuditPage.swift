import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

/// The auditor's search of the node's log (G2): who looked at what, who did what, when and why.
///
/// A person's number is sent in a form and stands in no address.
struct AuditPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() -> Response { show([]) }

  /// Searches; what is asked wrongly comes back with the form as it was filled in.
  func search() async throws -> Response {
    let lines: [LogEntryLine]
    do {
      lines = try await visit.node.all(Audit.search, try request())
    } catch let failure as CallFailure where failure.status != .unauthenticated {
      visit.session.say(visit.reason(of: failure), isRefusal: true)
      return show([])
    } catch let failure as ProgramFailure {
      visit.session.say(visit.reason(of: failure), isRefusal: true)
      return show([])
    }
    return show(results(lines))
  }

  private func request() throws(ProgramFailure) -> LogRequest {
    var request = LogRequest()
    request.person = visit.form["person"]
    request.account = visit.form["account"]
    request.purpose = visit.form["purpose"]
    request.start = try day("from").map { ChinaTime.start(of: $0) } ?? 0
    request.end = try day("to").map { ChinaTime.start(of: $0.adding(days: 1)) } ?? 0
    let item = visit.form["item"]
    guard !item.isEmpty else { return request }
    guard case .whole(let id)? = ItemName.read(item) else {
      throw ProgramFailure(
        .badInput, "item", chinese: "编号须写完整的 32 位", english: "write all 32 digits of the item")
    }
    request.item = id
    return request
  }

  private func day(_ name: String) throws(ProgramFailure) -> CivilDate? {
    let text = visit.form[name]
    guard !text.isEmpty else { return nil }
    guard let day = try? WrittenDate.read(text).value else {
      throw ProgramFailure(
        .badInput, name, chinese: "“\(text)”不是日期：请写如 2026-11-27",
        english: "\(text) is no day: write such as 2026-11-27")
    }
    return day
  }

  private func show(_ results: [Markup]) -> Response {
    visit.page(visit.text("审计", "Audit"), [form()] + results)
  }

  private func form() -> Markup {
    func line(_ name: String, _ chinese: String, _ english: String, hint: String = "") -> Markup {
      Form.line(name, visit.text(chinese, english), value: visit.form[name], hint: hint)
    }
    let date = visit.text("如 2026-11-27", "such as 2026-11-27")
    return Form.post(
      "/audit", token: visit.session.token, class: "card no-print",
      [
        .leaf(
          "p", ["class": "soft"],
          visit.text(
            "信息、人员、账号（连同起止日期）选一种。检索本身会留痕。",
            "One of an item, a person, and an account with a time. The search itself leaves a trace."
          )),
        .element(
          "div", ["class": "grid"],
          [
            line(
              "item", "信息编号", "item", hint: visit.text("完整的 32 位", "all 32 digits")),
            line("person", "公民身份号码", "citizen ID number"),
            line("account", "账号", "account"),
            line("from", "自何日", "from", hint: date),
            line("to", "至何日（含）", "to, the day itself too", hint: date),
            Form.line(
              "purpose", visit.text("目的", "purpose"), value: visit.form["purpose"],
              isRequired: true),
          ]),
        Form.button(visit.text("检索", "search")),
      ])
  }

  private func results(_ lines: [LogEntryLine]) -> [Markup] {
    guard !lines.isEmpty else {
      return [.parent("section", [.leaf("p", [:], visit.text("没有记录", "nothing was found"))])]
    }
    var table = TextTable([
      .init(language.word(.time), isWhole: true), .init(language.word(.account)),
      .init(language.word(.role)), .init(language.word(.division)),
      .init(visit.text("操作", "action")), .init(language.word(.item), isWhole: true),
      .init(language.word(.subject), isWhole: true), .init(visit.text("目的或说明", "purpose or note")),
      .init(visit.text("日志位置", "place in the log"), isWhole: true),
    ])
    for line in lines {
      table.add([
        ChinaTime.text(line.at), line.actor?.account ?? "",
        RoleName.text(of: line.actor?.role ?? "")[language],
        DivisionText.short(line.actor?.division ?? ""), ActionName.text(of: line.action)[language],
        line.item.isEmpty ? "" : ItemName.short(line.item), line.maskedPerson, line.words,
        line.place,
      ])
    }
    let heading = visit.text("\(lines.count) 条记录", "\(lines.count) lines of the log")
    return [
      .parent(
        "section",
        [.leaf("h2", [:], heading), PageMarkup.markup(of: table, under: heading)])
    ]
  }
}
