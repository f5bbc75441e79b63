/// S6.3: a subject who cannot be found is still fed back, with the reason in the remark.
public enum NotFoundRemark {
  /// Whether the remark is there when it has to be.
  public static func check(_ answer: AnswerFacts) -> RuleVerdict {
    guard answer.finding == .notFound, answer.remark.saysNothing else { return .meets }
    return .fails(
      RuleFailure(
        rule: "S6.3", field: "remark", reason: .blank,
        chinese: "反馈“查无此人”必须在备注栏说明理由（不能只写符号或“不详”）",
        english: "a \"not found\" answer needs its reason in the remark, in words"))
  }
}
