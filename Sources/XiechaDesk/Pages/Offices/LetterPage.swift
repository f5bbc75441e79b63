import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Reports

/// One letter: what is on it, what became of it, and taking note of it (S10.4, S10.6, S12.5).
struct LetterPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let reply = try await letter()
    let summary = reply.summary ?? LetterSummary()
    let path = "/letters/\(ItemName.full(summary.id))"
    let sheet = report(of: reply).map {
      ReportSheet(report: $0, path: path, query: FormFields([])).markup()
    }
    return visit.page(
      "\(summary.kind?.label[language] ?? "") \(Words.date(summary.period))",
      [
        .parent(
          "p", [.leaf("a", ["href": "/letters"], visit.text("← 返回函件", "← back to the letters"))])
      ] + acknowledging(summary, path) + (sheet ?? []) + [steps(reply)])
  }

  func file() async throws -> Response {
    let format = try ReportSheet.format(visit.parameters)
    let reply = try await letter()
    guard let report = report(of: reply) else { throw HTTPError(.notFound) }
    let kind = reply.summary?.kind?.word ?? "letter"
    return try ReportSheet.file(
      report, as: format, named: "\(kind)-\(Words.date(reply.summary?.period ?? 0))")
  }

  private func letter() async throws -> LetterReply {
    try await visit.node.letter(ItemName.full(try visit.id("letter")))
  }

  private func report(of reply: LetterReply) -> Report? {
    reply.dunning == nil
      ? SentReportView(reply: reply).report(in: language)
      : DunningView(reply: reply).report(in: language)
  }

  private func acknowledging(_ summary: LetterSummary, _ path: String) -> [Markup] {
    guard summary.acknowledged == 0, summary.addressee == visit.session.actor.division,
      visit.session.may(Letters.acknowledge.descriptor)
    else { return [] }
    return [LettersPage.acknowledging(summary, visit)]
  }

  /// Each step with who and when, and what was said to it.
  private func steps(_ reply: LetterReply) -> Markup {
    .parent(
      "section",
      [
        .leaf("h2", [:], language.word(.history)),
        .element(
          "ol", ["class": "times"],
          reply.events.map { event in
            var parts: [Markup] = [
              .leaf("strong", [:], event.step?.label[language] ?? ""),
              .leaf("time", ["class": "soft"], " \(ChinaTime.text(event.at))"),
              .parent("br", []),
              .leaf(
                "span", ["class": "soft"],
                [DivisionText.short(event.actor?.division ?? ""), event.actor?.account ?? ""]
                  .joined(separator: " ")),
            ]
            if !event.note.isEmpty { parts += [.parent("br", []), .text(event.note)] }
            return .parent("li", parts)
          }),
      ])
  }
}
