/// G4: feedback that is substantiated is counted apart from any feedback, so that quotas reward no
/// filler.
///
/// Found: the matched record is sent back or a source is named in which she was found. Facts
/// differ: the differences are listed. Not found: all duties of S6.3 to S6.5 are met.
public enum Substantiation {
  /// Whether an answer is substantiated, or why it is filler.
  public static func check(_ answer: AnswerFacts) -> RuleVerdict {
    switch answer.finding {
    case .found:
      if answer.hasMatchedRecord || answer.steps.contains(where: \.found) { return .meets }
      return .fails(
        failure(
          field: "record", chinese: "未附匹配的档案，也未记录在何处查到",
          english: "neither the matched record nor the source in which she was found is given"))
    case .mismatch:
      if answer.differenceCount > 0 { return .meets }
      return .fails(
        failure(field: "differences", chinese: "未列明不符的项目", english: "no difference is listed"))
    case .notFound:
      guard let first = AnswerRules.failures(of: answer).first else { return .meets }
      return .fails(
        failure(
          field: first.field, chinese: first.text.chinese, english: first.text.english))
    }
  }

  private static func failure(field: String, chinese: String, english: String) -> RuleFailure {
    RuleFailure(
      rule: "G4", field: field, reason: .unsubstantiated, chinese: chinese, english: english)
  }
}
