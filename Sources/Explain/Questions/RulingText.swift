public import ExchangeRules

/// A ruling in words, for `xiecha explain`.
public enum RulingText {
  /// A line for what is asked, one for each clock, and one for the date that binds.
  public static func lines(
    of ruling: ItemRuling, on facts: ItemFacts, in language: Language
  ) -> [String] {
    let due = ruling.due.description
    let cycle = ruling.submissionCycle
    let asked: BilingualText
    switch facts.kind {
    case .assistRequest:
      asked = BilingualText(
        chinese: "\(facts.kind.label.chinese)（\(facts.category.label.chinese)），"
          + "等级“\(ruling.urgency.label.chinese)”：\(ruling.response.label.chinese)（S4.1）",
        english: "\(facts.kind.label.english) (\(facts.category.label.english)), urgency "
          + "\(ruling.urgency.label.english): \(ruling.response.label.english) (S4.1)")
    case .serviceNotice:
      asked = BilingualText(
        chinese: "\(facts.kind.label.chinese)（\(facts.category.label.chinese)）："
          + "\(ruling.response.label.chinese)（S4.2）",
        english: "\(facts.kind.label.english) (\(facts.category.label.english)): "
          + "\(ruling.response.label.english) (S4.2)")
    }
    let period = BilingualText(
      chinese: "S5.2：\(facts.submitted)提交，计入\(cycle)周期（\(cycle.first)至\(cycle.last)）；"
        + "\(cycle.receiptCycle.last)及以前接收、反馈的计入该周期",
      english: "S5.2: submitted on \(facts.submitted), in cycle \(cycle) (\(cycle.first) to "
        + "\(cycle.last)); it counts there when done by \(cycle.receiptCycle.last)")
    let binding = BilingualText(
      chinese: "S4.6：以最早的接收或反馈期限为准，截止\(due)（含当日，北京时间）",
      english: "S4.6: the earliest receive or feedback deadline binds: in time through \(due), "
        + "China Standard Time")
    return [asked[language], period[language]] + ruling.deadlines.map { $0.explanation[language] }
      + [binding[language]]
  }
}
