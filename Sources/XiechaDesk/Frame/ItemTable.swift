import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Items as lists show them: masked (G3), a row each, with what can be done next.
struct ItemTable {
  let items: [ItemSummary]
  let language: Language
  let today: CivilDate
  /// Which side is worth a column: who asks, or who is asked.
  var showsSender = true
  /// Whether rows can be ticked, for a step with several at once.
  var hasTicks = false
  /// Whether each row has the button of its next step.
  var hasSteps = false

  func markup() -> Markup {
    var headings = [
      language.word(.due), language.word(.state), language.word(.category),
      language.word(.name), language.word(.citizenID),
      language.word(showsSender ? .from : .to), language.word(.item),
    ]
    if hasSteps { headings.append(language.text("办理", "next step")) }
    let ticks: [Markup] =
      hasTicks
      ? [
        .element(
          "th", ["scope": "col"],
          [.leaf("span", ["class": "unseen"], language.text("选择", "choose"))])
      ] : []
    return .parent(
      "table",
      [
        .leaf("caption", ["class": "unseen"], language.text("信息列表", "items")),
        .parent(
          "thead",
          [.parent("tr", ticks + headings.map { .leaf("th", ["scope": "col"], $0) })]),
        .parent("tbody", items.map(row)),
      ])
  }

  private func row(of item: ItemSummary) -> Markup {
    let path = "/items/\(ItemName.full(item.id))"
    let side = showsSender ? item.from : item.assignedTo.isEmpty ? item.to : item.assignedTo
    var state: [Markup] = [.text(Words.state(item.state, language))]
    if let finding = item.finding { state.append(.text(" · \(finding.label[language])")) }
    if item.withoutEffect > 0 {
      state.append(.leaf("span", ["class": "mark late"], "▲ \(language.word(.withoutEffect))"))
    }
    var due = DueText.markup(of: item, today: today, language)
    if let urgent = DueText.urgency(of: item, language) { due.append(urgent) }
    var cells: [Markup] = []
    if hasTicks { cells.append(.parent("td", tick(item))) }
    cells += [
      .element("td", ["class": "due"], due), .parent("td", state),
      .leaf("td", [:], Words.category(item.category, language)),
      .leaf("td", [:], item.maskedName),
      .leaf("td", ["class": "number"], item.maskedCitizenId),
      .leaf("td", [:], DivisionText.short(side)),
      .parent("td", [.leaf("a", ["href": path, "class": "number"], ItemName.short(item.id))]),
    ]
    if hasSteps { cells.append(.element("td", ["class": "steps"], steps(of: item, path))) }
    return .element("tr", item.late ? ["class": "late"] : [:], cells)
  }

  /// Only what was delivered is received in a batch; the rest is looked at one by one.
  private func tick(_ item: ItemSummary) -> [Markup] {
    guard item.state == .delivered else { return [] }
    let label = language.text("选择 \(item.maskedName)", "choose \(item.maskedName)")
    return [
      .element(
        "input",
        [
          "type": "checkbox", "name": "item", "value": ItemName.full(item.id),
          "aria-label": label,
        ], [])
    ]
  }

  private func steps(of item: ItemSummary, _ path: String) -> [Markup] {
    switch item.state {
    case .entered: [Form.button(language.text("发送", "send"), to: "\(path)/send")]
    case .delivered: [Form.button(language.text("接收", "receive"), to: "\(path)/receive")]
    case .received where item.canAnswer:
      [
        Form.button(language.text("分解", "split"), to: "\(path)/assign"),
        .leaf("a", ["href": "\(path)/answer"], language.text("反馈", "answer")),
      ]
    case .received: [Form.button(language.text("分解", "split"), to: "\(path)/assign")]
    case .assigned where item.canAnswer:
      [.leaf("a", ["href": "\(path)/answer"], language.text("反馈", "answer"))]
    case .answered: [Form.button(language.text("办结", "close"), to: "\(path)/close")]
    default: [.leaf("a", ["href": path], language.text("查看", "look"))]
    }
  }
}
