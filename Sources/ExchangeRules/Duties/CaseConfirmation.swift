/// S7.1: the basic case of an unregistered out-migrant that the place of residence opened has to be
/// confirmed by the household place (审核确认).
public enum CaseConfirmation: String, CaseIterable, Hashable, Sendable {
  /// Opened by the household place, or for someone whom it has registered: nothing to confirm.
  case notNeeded
  /// 信息未确认.
  case awaited
  /// Confirmed by the household place.
  case confirmed
  /// 信息须再次确认: the household place refused it, the place of residence corrects it.
  case refused

  /// Where a new case begins.
  public static func opening(by side: ExchangeSide, isRegisteredAtHousehold: Bool) -> Self {
    side == .residence && !isRegisteredAtHousehold ? .awaited : .notNeeded
  }

  /// Whether a side may confirm or refuse the case now.
  public func check(decisionBy side: ExchangeSide) -> RuleVerdict {
    if side != .household {
      return .fails(
        RuleFailure(
          rule: "S7.1", field: "side", reason: .notHousehold, chinese: "须由户籍地审核确认",
          english: "only the place of household registration confirms a case"))
    }
    if self != .awaited && self != .refused {
      return .fails(
        RuleFailure(
          rule: "S7.1", field: "confirmation", reason: .notAwaited, chinese: "该个案无须确认或已确认",
          english: "the case awaits no confirmation"))
    }
    return .meets
  }

  /// Whether a side may take back what it has decided: the case waits again.
  public func check(takingBackBy side: ExchangeSide) -> RuleVerdict {
    if side != .household { return check(decisionBy: side) }
    guard self == .confirmed || self == .refused else {
      return .fails(
        RuleFailure(
          rule: "S7.1", field: "confirmation", reason: .nothingToTakeBack,
          chinese: "该个案没有可撤回的审核确认", english: "nothing was decided on the case"))
    }
    return .meets
  }

  /// Whether the case counts as registered at the household place.
  public var isSettled: Bool { self == .notNeeded || self == .confirmed }
}
