import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// Rosters and monthly tables (S10.6, S12.5): who has sent a month's, and one's own.
struct ReportsPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let (kind, month) = try asked(visit.query)
    var content = [FiguresPage.tabs(visit, shown: "/reports"), filter(kind, month)]
    if visit.session.may(Letters.report.descriptor) { content.append(make(kind, month)) }
    if visit.session.may(Letters.reports.descriptor) {
      let standings = try await visit.node.reports(
        kind, of: month, in: try AskedFigures.division(visit.query["of"]))
      let view = StandingsView(
        kind: kind, month: month, today: visit.today, standings: standings)
      content += PageMarkup.sections(of: view.page(in: language))
      content += letters(standings.compactMap(\.letter))
    }
    return visit.page(visit.text("花名册和月报表", "Rosters and tables"), content)
  }

  /// Makes the report of the clerk's own office, and sends it up.
  func make() async throws -> Response {
    let (kind, month) = try asked(visit.form)
    let query = FormFields([("kind", kind.word), ("month", "\(month)")]).encoded
    return try await visit.act(then: "/reports?\(query)", visit.text("已上报", "sent up")) {
      _ = try await visit.node.makeReport(kind, of: month)
    }
  }

  private func asked(_ fields: FormFields) throws -> (LetterKind, CycleMonth) {
    let kind = LetterKind(word: fields["kind"]).flatMap { $0.isUpward ? $0 : nil }
    let text = fields["month"]
    guard let month = text.isEmpty ? CycleMonth(containing: visit.today).previous : CycleMonth(text)
    else {
      throw ProgramFailure(
        .badInput, "month", chinese: "“\(text)”不是月份：请写年-月，如 2026-10",
        english: "\(text) is no month: write YYYY-MM, such as 2026-10")
    }
    return (kind ?? .roster, month)
  }

  private func filter(_ kind: LetterKind, _ month: CycleMonth) -> Markup {
    Form.filter(
      "/reports", language,
      [
        Form.choice(
          "kind", visit.text("种类", "kind"),
          LetterKind.allCases.filter(\.isUpward).map { ($0.word, $0.label[language]) },
          chosen: kind.word),
        Form.line("month", visit.text("月份", "month"), value: "\(month)"),
        Form.line(
          "of", visit.text("区划代码", "division"), value: visit.query["of"],
          hint: visit.text("不填为本单位", "empty: one's own")),
      ])
  }

  private func make(_ kind: LetterKind, _ month: CycleMonth) -> Markup {
    Form.post(
      "/reports", token: visit.session.token, class: "row card",
      [
        Form.hidden("kind", kind.word), Form.hidden("month", "\(month)"),
        .leaf(
          "span", [:],
          visit.text(
            "本单位 \(month) \(kind.label.chinese)：报出后不再改动",
            "\(kind.label.english) of \(month): what is sent stays as it is")),
        Form.button(visit.text("生成并上报", "make it and send it up")),
      ])
  }

  private func letters(_ letters: [LetterSummary]) -> [Markup] {
    guard !letters.isEmpty else { return [] }
    return [
      .parent(
        "section",
        [
          .leaf("h2", [:], visit.text("打开", "open")),
          .element(
            "ul", ["class": "counts"],
            letters.map { letter in
              .parent(
                "li",
                [
                  .leaf(
                    "a", ["href": "/letters/\(ItemName.full(letter.id))"],
                    "\(DivisionText.short(letter.issuer)) \(ItemName.short(letter.id))")
                ])
            }),
        ])
    ]
  }
}
