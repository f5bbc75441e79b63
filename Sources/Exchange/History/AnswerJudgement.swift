internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// An answer before the rules: what was searched and what was found (S6.3, S6.4, S6.5, G4).
enum AnswerJudgement {
  /// - Parameters:
  ///   - answer: What was answered.
  ///   - item: The item as it stands.
  ///   - steps: The sources that were searched before (S6.4).
  ///   - dossier: What is here of the item.
  /// - Returns: The answer as the rules see it.
  /// - Throws: What is wrong with the ledger.
  static func facts(
    of answer: Answer, to item: StoredItem, after steps: [ExchangeRules.SearchStep],
    _ dossier: ItemDossier
  ) throws -> AnswerFacts {
    AnswerFacts(
      finding: answer.finding ?? .notFound, remark: answer.remark, steps: steps,
      answeredBy: try dossier.answeringSide(of: item),
      isQuestionVague: try isVague(item, dossier),
      differenceCount: answer.differences.count, hasMatchedRecord: answer.record != nil)
  }

  /// Whether what is asked is vague (S6.5): an address that reaches no village is.
  ///
  /// Whether a name is wrong is what the answer says.
  private static func isVague(_ item: StoredItem, _ dossier: ItemDossier) throws -> Bool {
    guard let asked = try dossier.entered()?.item else { return false }
    let address =
      try dossier.answeringSide(of: item) == .household
      ? asked.subject?.household : asked.subject?.residence
    let level = DivisionCode(address?.code ?? "")?.level ?? .province
    return level < .village
  }
}
