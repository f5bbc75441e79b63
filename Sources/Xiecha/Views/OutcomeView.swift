import ExchangeProtos
import Presentation

/// Shows what became of many items: how many are done, and each refusal.
struct OutcomeView {
  let outcomes: [ItemOutcome]

  func show(
    on console: Console, chinese: String, english: String
  ) throws -> Presentation.ExitCode {
    let refused = outcomes.filter { !$0.done }
    if console.isJSON {
      for outcome in outcomes { try console.showJSON(Line(outcome)) }
    } else {
      if !refused.isEmpty {
        var table = TextTable([
          .init(console.word(.item), isWhole: true), .init(console.word(.reason)),
          .init(console.word(.what)),
        ])
        for outcome in refused {
          table.add([
            ItemName.short(outcome.id), outcome.refusal?.reason ?? "",
            TwoLanguages.part(of: outcome.refusal?.text ?? "", in: console.language),
          ])
        }
        console.show(table)
      }
      let done = outcomes.count - refused.count
      console.say(
        "已\(chinese) \(done) 条" + (refused.isEmpty ? "" : "，未成功 \(refused.count) 条"),
        "\(english): \(done)" + (refused.isEmpty ? "" : ", refused: \(refused.count)"))
    }
    if refused.isEmpty { return .done }
    return refused.count == outcomes.count ? .refused : .partlyDone
  }

  private struct Line: Encodable {
    var id: String
    var done: Bool
    var reason: String?
    var field: String?
    var text: String?

    init(_ outcome: ItemOutcome) {
      id = ItemName.full(outcome.id)
      done = outcome.done
      reason = outcome.refusal?.reason
      field = outcome.refusal?.field
      text = outcome.refusal?.text
    }
  }
}
