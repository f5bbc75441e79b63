/// All that an answer has to meet before it may leave (S6.3 to S6.5).
public enum AnswerRules {
  /// The failures, in the order of the requirements; none when the answer may leave.
  public static func failures(of answer: AnswerFacts) -> [RuleFailure] {
    [
      NotFoundRemark.check(answer), SearchOrder.check(answer), OtherSources.check(answer),
      MismatchDetail.check(answer),
    ].compactMap(\.failure)
  }
}
