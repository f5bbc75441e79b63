/// S6.5: where the address is vague or the name wrong, other sources are tried before "not found":
/// besides public security (the third step of S6.4), at least one of health, civil affairs and the
/// superior register.
public enum OtherSources {
  /// Whether another source was tried where it has to be.
  public static func check(_ answer: AnswerFacts) -> RuleVerdict {
    guard answer.finding == .notFound, answer.isQuestionVague else { return .meets }
    let others: Set<SearchSource> = [.health, .civilAffairs, .superiorRegister]
    if answer.steps.contains(where: { others.contains($0.source) }) { return .meets }
    return .fails(
      RuleFailure(
        rule: "S6.5", field: "steps", reason: .otherSourcesMissing,
        chinese: "地址不详或姓名有误的，须先经卫生、民政或上级数据库核实，方可反馈“查无此人”",
        english: "with a vague address or a wrong name, try health, civil affairs or the superior "
          + "register before \"not found\""))
  }
}
