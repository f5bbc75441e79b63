/// All that an answer has to meet before it may leave (S6.3 to S6.5).
public enum AnswerRules {
  /// The failures, in the order of the requirements; none when the answer may leave.
  public static func failures(of answer: AnswerFacts) -> [RuleFailure] {
    [
      NotFoundRemark.check(answer), SearchOrder.check(answer), OtherSources.check(answer),
      MismatchDetail.check(answer),
    ].compactMap(\.failure)
  }

  /// The failures of an answer that a neighbour passes on: words are judged where they are written,
  /// so only a blank remark is held against it here.
  public static func failures(ofArrived answer: AnswerFacts) -> [RuleFailure] {
    let hasRemark = !answer.remark.isBlank
    return failures(of: answer).filter { failure in
      !hasRemark || !["remark", "differences"].contains(failure.field)
    }
  }
}
