/// Why a rule is not met: the requirement, the field at fault, a stable word for programs, and a
/// text for people.
///
/// It never repeats a personal value (G3).
public struct RuleFailure: Error, Hashable, Sendable {
  /// The requirement's number, such as "S6.3".
  public let rule: String
  /// The field at fault, in lowerCamelCase, such as "remark" or "household.code".
  public let field: String
  /// What is wrong with it, as one of the words of the rules.
  public let cause: RuleReason
  /// What an operator reads: what is wrong and what to do.
  public let text: BilingualText

  /// Names a failure.
  public init(rule: String, field: String, reason: RuleReason, chinese: String, english: String) {
    self.rule = rule
    self.field = field
    self.cause = reason
    self.text = BilingualText(chinese: chinese, english: english)
  }

  /// The cause as JSON answers and lists of defects spell it, such as "outOfOrder".
  public var reason: String { cause.name }
}
