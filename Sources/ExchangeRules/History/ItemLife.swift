/// The life of an item: what may happen to it as it stands.
public enum ItemLife {
  /// Whether an event of a kind has a place in the life of an item.
  ///
  /// - Parameters:
  ///   - kind: What is to happen.
  ///   - state: How far the item has come.
  ///   - feedbackRequired: Whether the item must be answered (S4).
  /// - Returns: The verdict; a failure names the state by its label in each language.
  public static func check(
    _ kind: EventKind, in state: ItemState, feedbackRequired: Bool
  ) -> RuleVerdict {
    guard kind.rule.states.contains(state) else { return .fails(wrongState(kind, state)) }
    switch kind {
    case .answered where !feedbackRequired:
      return .fails(
        RuleFailure(
          rule: "S4.2", field: "item.kind", reason: .noFeedbackRequired,
          chinese: "该信息只需接收，无需反馈", english: "this notice must only be received"))
    case .closed where feedbackRequired && state != .answered:
      return .fails(
        RuleFailure(
          rule: "S4.1", field: "item.state", reason: .notAnswered,
          chinese: "对方尚未反馈，不能办结", english: "the other side has not answered yet"))
    default: return .meets
    }
  }

  private static func wrongState(_ kind: EventKind, _ state: ItemState) -> RuleFailure {
    let needed = kind.rule.states.sorted()
    let chinese = needed.map { "“\($0.label.chinese)”" }.joined(separator: "、")
    return RuleFailure(
      rule: kind.rule.requirement, field: "item.state", reason: .wrongState,
      chinese: "当前状态为“\(state.label.chinese)”，不能\(kind.label.chinese)；须为\(chinese)",
      english: "the item is \(state.word); \(kind.word) needs "
        + needed.map(\.word).joined(separator: ", "))
  }

  /// Whether an item may be given to a place: the county splits by township, the township by
  /// village (S10.2), and nobody gives away what is not its own.
  ///
  /// - `target`: The code of the place, as it was written.
  /// - `actor`: The division of whoever gives it.
  /// - `register`: The divisions that exist or existed; of a village only its township is known.
  public static func checkAssignment(
    to target: String, by actor: String, register: DivisionRegister
  ) -> RuleVerdict {
    guard let target = DivisionCode(target), target.level >= .township,
      DivisionCode(actor)?.contains(target) == true
    else {
      return .fails(
        RuleFailure(
          rule: "S10.2", field: "to", reason: .wrongDivision,
          chinese: "只能分给本地的乡镇（街道）或村（社区）",
          english: "an item is given to a township or village of one's own"))
    }
    guard register.everExisted(target) else {
      return .fails(
        RuleFailure(
          rule: "S10.2", field: "to", reason: .unknownDivision,
          chinese: "没有代码为\(target)的乡镇（街道）", english: "there is no township of the code \(target)"))
    }
    return .meets
  }
}
