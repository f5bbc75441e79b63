/// Why a rule is not met: the requirement, the field at fault, a stable word for programs, and a
/// text for people.
///
/// It never repeats a personal value (G3).
public struct RuleFailure: Error, Hashable, Sendable {
  /// The requirement's number, such as "S6.3".
  public let rule: String
  /// The field at fault, in lowerCamelCase, such as "remark" or "household.code".
  public let field: String
  /// A stable machine-readable word, such as "blank".
  public let reason: String
  /// What an operator reads: what is wrong and what to do.
  public let text: BilingualText

  /// Names a failure.
  public init(rule: String, field: String, reason: String, chinese: String, english: String) {
    self.rule = rule
    self.field = field
    self.reason = reason
    self.text = BilingualText(chinese: chinese, english: english)
  }
}
