internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// The clocks of an item whose date is not known yet, because the calendar ends before it (S4.5).
enum WaitingClocks {
  /// What an operator is told of each; nothing once the item waits for nothing.
  static func advice(
    on item: StoredItem, _ content: Item, under calendar: WorkingCalendar
  ) -> [Advice] {
    guard item.need != .nothing, let profile = RuleProfile(name: item.profile),
      let submitted = CivilDate(yyyymmdd: item.submitted)
    else { return [] }
    let receivedAt = item.times[.received]
    let facts = content.facts(
      submitted: submitted, received: receivedAt == 0 ? nil : CivilDate(chinaDateOf: receivedAt),
      profile: profile)
    let ruling = facts.flatMap { try? ItemRuling(asFarAsKnown: $0, calendar: calendar) }
    return (ruling?.waiting ?? []).map { clock in
      var advice = Advice()
      advice.rule = clock.rule
      advice.reason = "calendar"
      advice.text = "\(clock.explanation.chinese) / \(clock.explanation.english)"
      return advice
    }
  }
}
