import CaseFile
import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

/// Searching and answering (S6.3 to S6.6): the form asks for what the rules need next.
struct AnswerPage {
  let visit: Visit
  /// Why the answer was not taken, and at which field.
  var fault = ""
  var faultField = ""
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let id = try visit.item
    guard let purpose = visit.session.purpose(of: id) else {
      return ItemPage(visit: visit).askPurpose(id)
    }
    let reply = try await visit.node.follow(id, purpose: purpose)
    let path = "/items/\(ItemName.full(id))"
    let history = HistorySections(reply: reply, here: visit.node.profile.division, language)
    return visit.page(
      visit.text("查找并反馈 \(ItemName.short(id))", "Search and answer \(ItemName.short(id))"),
      [
        .parent("p", [.leaf("a", ["href": path], visit.text("← 返回该条信息", "← back to the item"))]),
        .element(
          "div", ["class": "columns"],
          [
            .parent("div", [search(reply, path), answer(reply, path)]),
            .parent("div", [history.person(), history.deadlines()]),
          ]),
      ])
  }

  // MARK: Search

  /// S6.4: the household place searches in this order; the next one is offered.
  private func search(_ reply: FollowReply, _ path: String) -> Markup {
    let steps = SearchProgress.steps(of: reply.events)
    let lines = SearchSource.householdOrder.map { source -> Markup in
      let step = steps.last { $0.source == source }
      let state: String =
        switch step?.found {
        case true: "✓ \(visit.text("查到", "found"))"
        case false: "✗ \(visit.text("未查到", "not there"))"
        case nil: "○ \(visit.text("尚未查找", "not searched yet"))"
        }
      return .leaf("li", [:], "\(source.label[language])：\(state) \(step?.note ?? "")")
    }
    let next = SearchProgress.next(after: steps)
    return .parent(
      "section",
      [
        .leaf("h2", [:], visit.text("一、按顺序查找", "1. Search, in this order")),
        .element("ol", ["class": "plain"], lines),
        Form.post(
          "\(path)/search", token: visit.session.token, class: "row",
          [
            Form.hidden("back", "\(path)/answer"),
            Form.choice(
              "source", visit.text("查找何处", "where"),
              SearchSource.allCases.map { ("\($0.rawValue)", $0.label[language]) },
              chosen: "\(next.rawValue)"),
            Form.line("note", visit.text("所见", "what was seen")),
            .element(
              "div", ["class": "steps"],
              [
                .leaf(
                  "button", ["name": "found", "value": "yes"], visit.text("查到", "found")),
                .leaf(
                  "button", ["name": "found", "value": "no"], visit.text("未查到", "not there")),
              ]),
          ]),
      ])
  }

  // MARK: Answer

  private func answer(_ reply: FollowReply, _ path: String) -> Markup {
    let finding = visit.form["finding"]
    let subject = reply.item?.subject ?? Subject()
    let asked = AskedFacts.lines(of: subject, language)
    return .parent(
      "section",
      [.leaf("h2", [:], visit.text("二、反馈", "2. Answer"))]
        + (fault.isEmpty
          ? []
          : [.element("p", ["class": "said refused", "role": "alert"], [.text("▲ \(fault)")])])
        + [
          Form.post(
            "\(path)/answer", token: visit.session.token,
            [
              .parent(
                "fieldset",
                [
                  .leaf("legend", [:], language.word(.finding)),
                  tick(.found, finding, visit.text("查到，属实", "found, as asked")),
                  tick(.mismatch, finding, visit.text("查到，信息不符", "found, it differs")),
                  tick(
                    .notFound, finding, visit.text("查无此人（三处都已查）", "not found (all three searched)")),
                ]),
              .element(
                "details",
                Markup.Attributes(dictionaryLiteral: ("class", "field"))
                  .with("open", "open", if: finding == "\(Finding.mismatch)"),
                [
                  .leaf(
                    "summary", [:],
                    visit.text("信息不符时，逐项写明登记内容", "where it differs: what is registered")),
                  .element("div", ["class": "grid"], differences(asked)),
                ]),
              Form.text(
                "remark", language.word(.remark), value: visit.form["remark"],
                hint: visit.text(
                  "查无此人须写明原因（S6.3）", "not found needs the reason (S6.3)"),
                fault: faultField.hasSuffix("remark") ? fault : ""),
              Form.button(visit.text("提交反馈", "send the answer")),
            ])
        ])
  }

  private func tick(_ finding: Finding, _ chosen: String, _ label: String) -> Markup {
    Form.tick("radio", "finding", "\(finding)", label, isOn: "\(finding)" == chosen)
  }

  private func differences(_ asked: [CheckItem: String]) -> [Markup] {
    CheckItem.allCases.map { item in
      let name = "is.\(item.rawValue)"
      let hint = asked[item].map { visit.text("来文：\($0)", "asked: \($0)") } ?? ""
      return Form.line(name, item.label[language], value: visit.form[name], hint: hint)
    }
  }

  // MARK: What was sent

  /// Sends the answer; where it is refused, the form comes back as it was filled in.
  func submit() async throws -> Response {
    let id = try visit.item
    var answer = Answer()
    answer.finding = Finding.allCases.first { "\($0)" == visit.form["finding"] }
    answer.remark = visit.form["remark"]
    if answer.finding == .mismatch {
      answer.differences = CheckItem.allCases.compactMap { item in
        let registered = visit.form["is.\(item.rawValue)"]
        guard !registered.isEmpty else { return nil }
        var difference = Difference()
        difference.field = item.word
        difference.registered = registered
        return difference
      }
    }
    guard answer.finding != nil else {
      return try await again(visit.text("请选择结果", "choose what was found"), "finding")
    }
    var request = AnswerRequest()
    request.id = id
    request.answer = answer
    do {
      _ = try await visit.node.call(Items.submitAnswer, request)
    } catch {
      guard error.status != .unauthenticated else { throw error }
      return try await again(visit.reason(of: error), error.field)
    }
    visit.session.say(visit.text("已反馈", "answered"))
    return Replies.go(to: "/items/\(ItemName.full(id))")
  }

  private func again(_ fault: String, _ field: String) async throws -> Response {
    var page = self
    page.fault = fault
    page.faultField = field
    return try await page.page()
  }
}
