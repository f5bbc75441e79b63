import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// What who looks on should see first (S9, S10.3): where items wait, who is under the line, which
/// letters and reports are outstanding.
struct OverviewPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let cycle = SubmissionCycle(containing: visit.today)
    let own = DivisionCode(visit.session.actor.division)
    let level: DivisionLevel = own?.isCounty == true ? .township : .county
    async let counts = visit.node.call(Items.counts, CountsRequest())
    async let figures = visit.node.figuresView(of: cycle, in: nil, by: level)
    async let dunning = visit.node.letters(.dunning)
    let view = try await figures
    var content: [Markup] = [
      .parent(
        "section",
        [
          .leaf("h2", [:], visit.text("办理进度", "Where items wait")),
          WaitingNumbers.markup(try await counts, language),
        ]), line(view),
    ]
    content += PageMarkup.sections(of: view.page(in: language))
    content += letters(try await dunning)
    if own?.isCounty == true { content += try await standings() }
    return visit.page(visit.text("总览", "Overview"), content)
  }

  /// S6.1: who is under 95 %, told before the tables.
  private func line(_ view: FiguresView) -> Markup {
    let below = view.rows.filter(\.figures.isBelowLine)
    guard !below.isEmpty else {
      return .leaf(
        "p", ["class": "said"],
        "✓ " + visit.text("各单位反馈率均不低于 95%（S6.1）", "nobody is under 95 % (S6.1)"))
    }
    let names = below.map { "\(DivisionText.short("\($0.division)")) \($0.figures.rate.text)" }
    return .leaf(
      "p", ["class": "said refused"],
      "▲ " + visit.text("反馈率低于 95%（S6.1）：", "under 95 % (S6.1): ")
        + names.joined(separator: visit.text("、", ", ")))
  }

  /// S10.4: dunning letters of the last week that nobody has taken note of.
  private func letters(_ letters: [LetterSummary]) -> [Markup] {
    let waiting = letters.filter { $0.acknowledged == 0 }
    guard !waiting.isEmpty else { return [] }
    return [
      .parent(
        "section",
        [
          .leaf("h2", [:], visit.text("尚未签收的催办", "Dunning not acknowledged"))
        ]
          + PageMarkup.sections(of: LettersView(letters: waiting).page(in: language))
          + [.parent("p", [.leaf("a", ["href": "/letters"], visit.text("打开函件", "letters"))])])
    ]
  }

  /// Which reports of the last month are there (S10.6, S12.5).
  private func standings() async throws -> [Markup] {
    let month = CycleMonth(containing: visit.today).previous
    var parts: [Markup] = []
    for kind in LetterKind.allCases where kind.isUpward {
      let standings = try await visit.node.reports(kind, of: month, in: nil)
      let view = StandingsView(
        kind: kind, month: month, today: visit.today, standings: standings)
      parts += PageMarkup.sections(of: view.page(in: language))
    }
    return parts
  }
}
