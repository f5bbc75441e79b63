import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows what became of many items: how many are done, and each refusal.
struct OutcomeView {
  let outcomes: [ItemOutcome]
  /// By what the refusals are found in the node's log.
  let trace: String

  /// How the program ends on them.
  var exit: ProgramExit {
    let refused = outcomes.count { !$0.done }
    if refused == 0 { return .done }
    return refused == outcomes.count ? .refused : .partlyDone
  }

  /// The page; `step` is the word for what was done to them.
  func page(in language: Language, step: BilingualText) -> Page {
    var page = Page()
    for outcome in outcomes { page.add(value: Line(outcome, trace)) }
    let refused = outcomes.filter { !$0.done }
    if !refused.isEmpty {
      var table = TextTable([
        .init(language.word(.item), isWhole: true), .init(language.word(.reason)),
        .init(language.word(.what)),
      ])
      for outcome in refused {
        table.add([
          ItemName.short(outcome.id), outcome.refusal?.reason ?? "",
          TwoLanguages.part(of: outcome.refusal?.text ?? "", in: language),
        ])
      }
      page.add(table)
      page.add(line: language.text("追踪号 \(trace)", "trace \(trace)"))
    }
    let done = outcomes.count - refused.count
    page.add(
      line: language.text(
        "已\(step.chinese) \(done) 条" + (refused.isEmpty ? "" : "，未成功 \(refused.count) 条"),
        "\(step.english): \(done)" + (refused.isEmpty ? "" : ", refused: \(refused.count)")))
    return page
  }

  private struct Line: Encodable {
    var id: String
    var done: Bool
    var reason: String?
    var field: String?
    var text: String?
    var trace: String?

    init(_ outcome: ItemOutcome, _ trace: String) {
      id = ItemName.full(outcome.id)
      done = outcome.done
      reason = outcome.refusal?.reason
      field = outcome.refusal?.field
      text = outcome.refusal?.text
      self.trace = outcome.done ? nil : trace
    }
  }
}
