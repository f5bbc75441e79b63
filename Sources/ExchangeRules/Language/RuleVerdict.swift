/// What a rule says about a set of facts: they meet it, or they fail it because of something.
public enum RuleVerdict: Hashable, Sendable {
  case meets
  case fails(RuleFailure)

  /// The failure, if the rule is not met.
  public var failure: RuleFailure? {
    switch self {
    case .meets: nil
    case .fails(let failure): failure
    }
  }

  /// Whether the rule is met.
  public var isMet: Bool { failure == nil }
}
