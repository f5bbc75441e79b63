/// S6.2: a place of residence that submits no query in a cycle is flagged (不能有空白).
public enum NoEmptyCycle {
  /// Whether a place of residence submitted anything.
  public static func check(submitted: Int, cycle: SubmissionCycle) -> RuleVerdict {
    guard submitted <= 0 else { return .meets }
    return .fails(
      RuleFailure(
        rule: "S6.2", field: "submitted", reason: .zero,
        chinese: "\(cycle)周期未提交查询信息，不能有空白",
        english: "no query was submitted in cycle \(cycle)"))
  }
}
