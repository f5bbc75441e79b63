import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// What others say of a person beside what is registered, to be taken over field by field by the side
/// that manages those facts (S7.1, S7.2).
struct ClaimForms {
  let visit: Visit
  let reply: HistoryReply
  /// The person's page.
  let path: String
  private var language: Language { visit.language }

  func markup() -> [Markup] {
    guard !reply.claims.isEmpty else { return [] }
    return [
      .parent(
        "section",
        [.leaf("h2", [:], visit.text("他方的说法（未采纳）", "What others claim, not taken over"))]
          + reply.claims.map(form))
    ]
  }

  private func form(_ claim: Claim) -> Markup {
    let hasOwn = claim.fields.contains(where: mayTakeOver)
    return Form.post(
      "\(path)/accept", token: visit.session.token,
      [
        Form.hidden("item", ItemName.full(claim.item)),
        .leaf(
          "p", ["class": "soft"],
          [
            ChinaTime.text(claim.at), DivisionText.short(claim.actor?.division ?? ""),
            claim.actor?.account ?? "", ItemName.short(claim.item),
            claim.draft ? visit.text("未提交", "not sent") : "",
          ].filter { !$0.isEmpty }.joined(separator: " · ")), table(claim),
      ] + (hasOwn ? [Form.button(visit.text("采纳所选", "take over what is ticked"))] : []))
  }

  private func table(_ claim: Claim) -> Markup {
    let headings = [
      language.word(.what), visit.text("登记", "registered"), visit.text("说法", "claimed"),
      visit.text("采纳", "take over"),
    ]
    return .parent(
      "table",
      [
        .leaf(
          "caption", ["class": "unseen"],
          visit.text("\(ItemName.short(claim.item)) 的说法", "claims of \(ItemName.short(claim.item))")
        ),
        .parent("thead", [.parent("tr", headings.map { .leaf("th", ["scope": "col"], $0) })]),
        .parent("tbody", claim.fields.map(row)),
      ])
  }

  private func row(_ field: ClaimedField) -> Markup {
    let label = ClaimText.label(of: field, language)
    return .parent(
      "tr",
      [
        .leaf("th", ["scope": "row"], label),
        .leaf("td", [:], ClaimText.value(field.registered, of: field, language)),
        .leaf("td", [:], ClaimText.value(field.claimed, of: field, language)),
        .parent("td", [mayTakeOver(field) ? tick(field, label) : managed(field)]),
      ])
  }

  private func tick(_ field: ClaimedField, _ label: String) -> Markup {
    .element(
      "input",
      [
        "type": "checkbox", "name": "field", "value": field.field,
        "aria-label": visit.text("采纳\(label)", "take over \(label)"),
      ], [])
  }

  private func managed(_ field: ClaimedField) -> Markup {
    let side = SubjectField(rawValue: field.field)?.side.label[language] ?? ""
    return .leaf("span", ["class": "soft"], visit.text("由\(side)采纳", "the \(side)'s"))
  }

  /// Whether the clerk's own division manages the fact; the node decides.
  private func mayTakeOver(_ field: ClaimedField) -> Bool {
    guard let side = SubjectField(rawValue: field.field)?.side,
      let own = DivisionCode(visit.session.actor.division),
      let card = reply.versions.last(where: { $0.subject != nil })?.subject
    else { return false }
    let place = side == .residence ? card.residence?.code : card.household?.code
    return place.flatMap { DivisionCode($0) }.map(own.contains) ?? false
  }
}
