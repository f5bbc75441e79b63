/// S6.7: exchanged content is exact, so an answer that says "facts differ" says which, in a list of
/// differences or in the remark.
public enum MismatchDetail {
  /// Whether a mismatch names what differs.
  public static func check(_ answer: AnswerFacts) -> RuleVerdict {
    guard answer.finding == .mismatch, answer.differenceCount == 0, answer.remark.saysNothing
    else { return .meets }
    return .fails(
      RuleFailure(
        rule: "S6.7", field: "differences", reason: .missing,
        chinese: "反馈“信息不符”须列明不符的项目",
        english: "an answer that facts differ says which"))
  }
}
