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
    let side = try side(answering: item, in: ledger)
    return AnswerFacts(
      finding: ExchangeRules.Finding(rawValue: Int(answer.finding.rawValue)) ?? .notFound,
      remark: answer.remark, steps: steps, answeredBy: side,
      isQuestionVague: try isVague(item, for: side, in: ledger),
      differenceCount: answer.differences.count, hasMatchedRecord: answer.record != nil)
  }

  /// S6.5: an address that reaches no village is vague. Whether a name is wrong is what the answer
  /// says.
  private static func isVague(
    _ item: LedgerID, for side: ExchangeSide, in ledger: LedgerReader
  ) throws -> Bool {
    guard let body = try ledger.body(of: item, .entered) else { return false }
    let subject = try Item(decoding: body).subject
    let address = side == .household ? subject?.household : subject?.residence
    return (DivisionCode(address?.code ?? "")?.level ?? .province) < .village
  }

  /// The household place answers if the item went to the county of registration.
  static func side(answering item: LedgerID, in ledger: LedgerReader) throws -> ExchangeSide {
    guard let stored = try ledger.item(item), let body = try ledger.body(of: item, .entered) else {
      return .household
    }
    let household = try Item(decoding: body).householdCounty
    return household.map { "\($0)" } == stored.to ? .household : .residence
  }
}
