import ExchangeProtos
import ExchangeRules
import Presentation

/// What waits, by the step that comes next.
enum WaitingNumbers {
  static func markup(_ values: CountsReply, _ language: Language) -> Markup {
    let names = [
      ("in.delivered", language.text("待接收", "to receive")),
      ("in.received", language.text("待分解", "to split")),
      ("in.assigned", language.text("待反馈", "to answer")),
      ("out.entered", language.text("待发送", "to send")),
      ("out.answered", language.text("待办结", "to close")),
    ]
    return .element(
      "ul", ["class": "counts"],
      names.map { name, label in
        let count = values.counts.first { $0.name == name }?.value ?? 0
        return .parent("li", [.leaf("b", [:], "\(count)"), .text(label)])
      })
  }
}
