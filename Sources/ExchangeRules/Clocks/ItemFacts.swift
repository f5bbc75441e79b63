/// What the clocks of an item depend on: its kind and category, the one fact of the subject that
/// sets the urgency, and its dates.
public struct ItemFacts: Hashable, Sendable {
  /// A question or a notice.
  public var kind: ItemKind
  /// Any category can be asked about or notified: the source restricts neither kind.
  public var category: Category
  /// Whether the subject is pregnant now (S4.1).
  public var currentlyPregnant: Bool
  /// The day of the event notified, if it is known (S4.3).
  public var occurred: CivilDate?
  /// The day of submission.
  public var submitted: CivilDate
  /// The day of receipt by the other side, once it is received (S4.3).
  public var received: CivilDate?
  /// The rules that apply.
  public var profile: RuleProfile

  /// The facts of an item.
  public init(
    kind: ItemKind, category: Category, currentlyPregnant: Bool, occurred: CivilDate? = nil,
    submitted: CivilDate, received: CivilDate? = nil, profile: RuleProfile
  ) {
    self.kind = kind
    self.category = category
    self.currentlyPregnant = currentlyPregnant
    self.occurred = occurred
    self.submitted = submitted
    self.received = received
    self.profile = profile
  }
}
