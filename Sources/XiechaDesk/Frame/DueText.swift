import ExchangeProtos
import ExchangeRules
import Presentation

/// When an item is due, told by word and shape as well as by colour.
enum DueText {
  static func markup(
    of item: ItemSummary, today: CivilDate, _ language: Language
  ) -> [Markup] {
    guard let due = CivilDate(yyyymmdd: item.due) else { return [] }
    let date = Markup.leaf("time", ["datetime": "\(due)"], "\(due)")
    let isOpen = item.finding == nil && (item.state.map { $0 < .answered } ?? true)
    let left = today.days(until: due)
    if item.late {
      let days = max(0, -left)
      return [date, mark("late", "▲", language.text("逾期 \(days) 天", "\(days) days late"))]
    }
    guard isOpen, left >= 0 else { return [date] }
    switch left {
    case 0: return [date, mark("soon", "◆", language.text("今天到期", "due today"))]
    case 1...3: return [date, mark("soon", "◆", language.text("剩 \(left) 天", "\(left) days left"))]
    default: return [date, mark("calm", "", language.text("剩 \(left) 天", "\(left) days left"))]
    }
  }

  static func urgency(of item: ItemSummary, _ language: Language) -> Markup? {
    guard let urgency = item.urgency, urgency == .urgent else { return nil }
    return mark("urgent", "■", urgency.label[language])
  }

  private static func mark(_ kind: String, _ shape: String, _ text: String) -> Markup {
    .leaf("span", ["class": "mark \(kind)"], shape.isEmpty ? text : "\(shape) \(text)")
  }
}
