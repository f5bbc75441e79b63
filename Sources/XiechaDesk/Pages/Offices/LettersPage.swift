import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// Letters between offices: what waits for one's own office to take note of it (S10.4, S10.6).
struct LettersPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let waiting = try await visit.node.allLettersWaiting()
    var others: [LetterSummary] = []
    for kind in LetterKind.allCases {
      others += try await visit.node.letters(kind).filter { letter in
        !waiting.contains { $0.id == letter.id }
      }
    }
    var content: [Markup] = []
    if waiting.isEmpty {
      content.append(
        .parent("section", [.leaf("p", [:], visit.text("没有待签收的函件", "no letter waits"))]))
    }
    content += waiting.map(card)
    if !others.isEmpty { content.append(table(others)) }
    return visit.page(visit.text("函件", "Letters"), content)
  }

  /// Takes note of a letter, with what the office says to it.
  func acknowledge() async throws -> Response {
    let name = visit.form["letter"]
    return try await visit.act(then: "/letters", visit.text("已签收", "acknowledged")) {
      _ = try await visit.node.acknowledge(name, note: visit.form["note"])
    }
  }

  private func card(_ letter: LetterSummary) -> Markup {
    .parent(
      "section",
      [
        .element(
          "h2", [:],
          [
            .leaf(
              "a", ["href": "/letters/\(ItemName.full(letter.id))"],
              "\(letter.kind?.label[language] ?? "") \(Words.date(letter.period))")
          ]),
        .leaf(
          "p", [:],
          visit.text(
            "\(DivisionText.short(letter.issuer)) 发来，共 \(letter.lines) 条",
            "from \(DivisionText.short(letter.issuer)), \(letter.lines) lines")),
        LettersPage.acknowledging(letter, visit),
      ])
  }

  /// The form that takes note of a letter.
  static func acknowledging(_ letter: LetterSummary, _ visit: Visit) -> Markup {
    Form.post(
      "/letters/acknowledge", token: visit.session.token, class: "row",
      [
        Form.hidden("letter", ItemName.full(letter.id)),
        .parent(
          "label",
          [
            .text(visit.text("答复（双方可见）", "what the office says to it")),
            .element("input", ["type": "text", "name": "note", "autocomplete": "off"], []),
          ]),
        Form.button(visit.text("签收", "acknowledge")),
      ])
  }

  private func table(_ letters: [LetterSummary]) -> Markup {
    let headings = [
      visit.text("种类", "kind"), visit.text("周五／月份", "Friday or month"), language.word(.from),
      language.word(.to), visit.text("条数", "lines"), language.word(.state),
      visit.text("函件", "letter"),
    ]
    return .element(
      "section", ["class": "wide"],
      [
        .leaf("h2", [:], visit.text("最近一期", "of the last period")),
        .parent(
          "table",
          [
            .parent(
              "thead", [.parent("tr", headings.map { .leaf("th", ["scope": "col"], $0) })]),
            .parent(
              "tbody",
              letters.map { letter in
                .parent(
                  "tr",
                  [
                    letter.kind?.label[language] ?? "", Words.date(letter.period),
                    DivisionText.short(letter.issuer), DivisionText.short(letter.addressee),
                    "\(letter.lines)", state(of: letter),
                  ].map { .leaf("td", [:], $0) } + [
                    .parent(
                      "td",
                      [
                        .leaf(
                          "a",
                          ["class": "number", "href": "/letters/\(ItemName.full(letter.id))"],
                          ItemName.short(letter.id))
                      ])
                  ])
              }),
          ]),
      ])
  }

  private func state(of letter: LetterSummary) -> String {
    if letter.acknowledged != 0 {
      return visit.text("已签收 ", "acknowledged ") + ChinaTime.text(letter.acknowledged)
    }
    return letter.delivered != 0
      ? visit.text("已送达 ", "delivered ") + ChinaTime.text(letter.delivered)
      : visit.text("已发出 ", "issued ") + ChinaTime.text(letter.issued)
  }
}
