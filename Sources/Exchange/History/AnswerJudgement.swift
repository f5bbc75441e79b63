internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// An answer before the rules: what was searched and what was found (S6.3, S6.4, S6.5, G4).
enum AnswerJudgement {
  static func facts(
    of answer: Answer, to item: LedgerID, in ledger: LedgerReader
  ) throws -> AnswerFacts {
    let events = try ledger.events(of: item)
    var steps: [ExchangeRules.SearchStep] = []
    for event in events where event.kind == .searched {
      if let step = try ExchangeProtos.SearchStep(decoding: event.body).facts {
        steps.append(step)
      }
    }
    let question = try question(item, in: ledger)
    return AnswerFacts(
      finding: ExchangeRules.Finding(rawValue: Int(answer.finding.rawValue)) ?? .notFound,
      remark: answer.remark, steps: steps, answeredBy: question.side,
      isQuestionVague: question.isVague,
      differenceCount: answer.differences.count, hasMatchedRecord: answer.record != nil)
  }

  /// The household place answers if the item went to the county of registration.
  static func side(answering item: LedgerID, in ledger: LedgerReader) throws -> ExchangeSide {
    try question(item, in: ledger).side
  }

  /// Who answers an item, and whether what is asked is vague (S6.5): an address that reaches no
  /// village is.
  ///
  /// Whether a name is wrong is what the answer says.
  private static func question(
    _ item: LedgerID, in ledger: LedgerReader
  ) throws -> (side: ExchangeSide, isVague: Bool) {
    guard let stored = try ledger.item(item), let body = try ledger.body(of: item, .entered) else {
      return (.household, false)
    }
    let asked = try Item(decoding: body)
    let side: ExchangeSide =
      asked.householdCounty.map { "\($0)" } == stored.to ? .household : .residence
    let address = side == .household ? asked.subject?.household : asked.subject?.residence
    let level = DivisionCode(address?.code ?? "")?.level ?? .province
    return (side, level < .village)
  }
}
