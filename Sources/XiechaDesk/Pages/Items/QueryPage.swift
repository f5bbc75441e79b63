import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

/// The combined query (S10.3): items by any mix of conditions, the newest submission first.
///
/// The conditions stand in the address and can be kept; a person's number or name is sent in a form, with
/// the purpose, and stands in none. Every query leaves a trace (G2), so that none is made unasked.
struct QueryPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    guard visit.query.has("show") else { return show(visit.query, []) }
    let found = try await visit.node.query(
      try conditions(visit.query), limit: DeskLimits.itemsOnPage,
      after: ListPlace.read(visit.query["after"]))
    return show(visit.query, results(found, visit.query))
  }

  /// The items of a person, with the purpose that it is asked for.
  func person() async throws -> Response {
    let asked = AskedPerson(
      citizenID: visit.form["citizen-id"], name: visit.form["name"],
      purpose: visit.form["purpose"])
    do {
      let found = try await visit.node.query(
        try conditions(visit.form), of: asked, limit: DeskLimits.itemsOnPage)
      return show(visit.form, results(found, FormFields([])))
    } catch let failure as CallFailure where failure.status != .unauthenticated {
      visit.session.say(visit.reason(of: failure), isRefusal: true)
      return show(visit.form, [])
    }
  }

  private func conditions(_ fields: FormFields) throws(ProgramFailure) -> QueryConditions {
    var conditions = QueryConditions()
    conditions.box =
      switch fields["box"] {
      case "in": .in
      case "out": .out
      default: .unspecified
      }
    conditions.place = try AskedDivision.read(fields["of"]).map { "\($0)" } ?? ""
    func chosen<Word: RawRepresentable<Int>>(_ name: String, _ all: [Word]) -> [UInt32] {
      all.filter { "\($0.rawValue)" == fields[name] }.map { UInt32($0.rawValue) }
    }
    conditions.categories = chosen("category", ExchangeRules.Category.allCases)
    conditions.states = chosen("state", ItemState.allCases)
    conditions.urgencies = chosen("urgency", Urgency.allCases)
    conditions.findings = chosen("finding", Finding.allCases)
    conditions.lateness = chosen("lateness", Lateness.allCases)
    conditions.from = try AskedDay.read(fields["from"], field: "from")?.yyyymmdd ?? 0
    conditions.through = try AskedDay.read(fields["through"], field: "through")?.yyyymmdd ?? 0
    return conditions
  }

  private func show(_ fields: FormFields, _ results: [Markup]) -> Response {
    visit.page(
      visit.text("组合查询", "Combined query"),
      [
        Form.filter(
          "/query", language,
          [Form.hidden("show", "1"), .element("div", ["class": "grid"], choices(fields))]),
        person(fields),
      ] + results)
  }

  private func choices(_ fields: FormFields) -> [Markup] {
    func choice<Word: RawRepresentable<Int>>(
      _ name: String, _ label: String, _ all: [Word], _ text: (Word) -> BilingualText
    ) -> Markup {
      Form.choice(
        name, label,
        [("", visit.text("不限", "any"))] + all.map { ("\($0.rawValue)", text($0)[language]) },
        chosen: fields[name])
    }
    return [
      Form.choice(
        "box", visit.text("方向", "which way"),
        [
          ("", visit.text("不限", "any")), ("in", visit.text("收到的", "put to us")),
          ("out", visit.text("发出的", "put by us")),
        ], chosen: fields["box"]),
      choice("category", language.word(.category), ExchangeRules.Category.allCases, \.label),
      choice("state", language.word(.state), ItemState.allCases, \.label),
      choice("urgency", language.word(.urgency), Urgency.allCases, \.label),
      choice("finding", language.word(.finding), Finding.allCases, \.label),
      choice("lateness", visit.text("时限", "lateness"), Lateness.allCases, \.label),
      Form.line("of", visit.text("区划（含下级）", "place or below"), value: fields["of"]),
      Form.line("from", visit.text("提交日期起", "submitted from"), value: fields["from"]),
      Form.line("through", visit.text("提交日期止", "submitted to"), value: fields["through"]),
    ]
  }

  private func person(_ fields: FormFields) -> Markup {
    Form.post(
      "/query", token: visit.session.token, class: "row card no-print",
      [
        Form.line(
          "citizen-id", language.word(.citizenID), value: visit.form["citizen-id"]),
        Form.line("name", language.word(.name), value: visit.form["name"]),
        Form.line(
          "purpose", visit.text("查询个人的目的（留痕）", "purpose, leaves a trace"),
          value: visit.form["purpose"], isRequired: true),
        Form.button(visit.text("查个人", "find her items"), class: ""),
      ])
  }

  private func results(_ found: [ListReply], _ query: FormFields) -> [Markup] {
    let items = found.compactMap(\.item)
    guard !items.isEmpty else {
      return [
        .parent(
          "section",
          [.leaf("p", [:], visit.text("没有符合条件的信息", "no item meets these conditions"))])
      ]
    }
    let table = ItemTable(items: items, language: language, today: visit.today)
    var parts = [Markup.element("section", ["class": "wide"], [table.markup()])]
    if items.count >= DeskLimits.itemsOnPage, !query.pairs.isEmpty, let last = found.last?.cursor {
      let next = query.with("after", ListPlace.text(last)).encoded
      parts.append(
        .leaf("a", ["class": "button", "href": "/query?\(next)"], visit.text("下一页", "next page")))
    }
    return parts
  }
}
