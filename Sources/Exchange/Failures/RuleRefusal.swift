internal import ExchangeRules
internal import Wire

/// How a rule's refusal is told to a caller: each with the number of its rule, in both languages.
extension CallFailure {
  /// Refuses with the first verdict that fails, and names the others.
  static func check(_ verdicts: [RuleVerdict]) throws(CallFailure) {
    let failures = verdicts.compactMap(\.failure)
    guard let first = failures.first else { return }
    throw CallFailure(
      .failedPrecondition, word: first.cause.rawValue, field: first.field, text(of: failures))
  }

  /// One rule's refusal under another status than `FAILED_PRECONDITION`.
  init(_ failure: RuleFailure, as status: StatusCode) {
    self.init(
      status, word: failure.cause.rawValue, field: failure.field, CallFailure.text(of: [failure]))
  }

  /// What several rules say, in Chinese and then in English.
  static func text(of failures: [RuleFailure]) -> String {
    failures.map { "\($0.text.chinese)（\($0.rule)）" }.joined(separator: "；") + " / "
      + failures.map { "\($0.text.english) (\($0.rule))" }.joined(separator: "; ")
  }

  /// A clock that leaves the years of the calendar, with the remedy (S4.5).
  init(_ error: RulingGap) {
    self.init(
      .failedPrecondition, .calendar, field: error.field,
      "\(error.gap.text.chinese) / \(error.gap.text.english)")
  }
}
