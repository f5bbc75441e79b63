internal import CaseFile
public import ExchangeProtos
public import ExchangeRules
internal import Presentation

/// What an event says beyond its kind, in one line.
public enum EventText {
  /// The line of an event.
  public static func text(_ event: ItemEvent, _ language: Language) -> String {
    let said: String =
      switch event.detail {
      case .assigned(let division): DivisionText.text(division)
      case .searched(let step): search(step, language)
      case .answered(let answer): self.answer(answer, language)
      case .refused(let refusal):
        "\(TwoLanguages.part(of: refusal.text, in: language)) [\(refusal.reason)]"
      case .takenBack(let taking): taking.reason
      case .rightAsked(let request): right(request, language)
      case .rightDecided(let decision): self.decision(decision, language)
      case .submitted(let submission): Words.date(submission.due)
      case .entered, nil: ""
      }
    return [said, event.note].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func search(_ step: ExchangeProtos.SearchStep, _ language: Language) -> String {
    let outcome =
      step.found
      ? BilingualText(chinese: "查到", english: "found")
      : BilingualText(chinese: "未查到", english: "not there")
    return [Words.source(step.source, language), outcome[language], step.note]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func right(_ request: RightRequest, _ language: Language) -> String {
    let corrections = request.corrections.map { correction in
      let name = SubjectField(rawValue: correction.field)?.label[language] ?? correction.field
      return "\(name) → \(correction.value)"
    }
    return
      ([request.right?.label[language] ?? ""] + corrections
      + [request.reason, "(\(request.basis))"])
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func decision(_ decision: RightDecision, _ language: Language) -> String {
    let outcome =
      decision.granted
      ? BilingualText(chinese: "同意，已办理", english: "granted")
      : BilingualText(chinese: "不予办理", english: "refused")
    return "\(outcome[language]); \(decision.reason)"
  }

  private static func answer(_ answer: Answer, _ language: Language) -> String {
    let differences = answer.differences.map { difference in
      let name = CheckItem(named: difference.field)?.label[language] ?? difference.field
      let asked = difference.asked.isEmpty ? "" : "\(difference.asked) → "
      return "\(name): \(asked)\(difference.registered)"
    }
    return ([Words.finding(answer.finding, language)] + differences + [answer.remark])
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
