/// A set of rules in force somewhere, for some time (G7).
///
/// The two of the sources are built in; a site makes its own variant by switching categories off or
/// by giving it dates.
public struct RuleProfile: Hashable, Sendable {
  /// The name in configuration, on the wire and in answers, such as "provincial-2009".
  public let name: String
  /// Whether the Fujian working-day clocks are added (S4.3).
  public let hasWorkingDayClocks: Bool
  /// The first day on which the profile is in force; nil: it has always been.
  public let validFrom: CivilDate?
  /// The last day on which the profile is in force; nil: for ever.
  public let validThrough: CivilDate?
  /// Categories that the law has since abolished (G7): no new items.
  public let switchedOff: Set<Category>

  /// A profile.
  public init(
    name: String, hasWorkingDayClocks: Bool, validFrom: CivilDate? = nil,
    validThrough: CivilDate? = nil, switchedOff: Set<Category> = []
  ) {
    self.name = name
    self.hasWorkingDayClocks = hasWorkingDayClocks
    self.validFrom = validFrom
    self.validThrough = validThrough
    self.switchedOff = switchedOff
  }

  /// The provincial rules of 2009 (first document).
  ///
  /// The source leaves the month and the day of their beginning blank, so no day is refused.
  public static let provincial2009 = RuleProfile(
    name: "provincial-2009", hasWorkingDayClocks: false)
  /// The provincial rules with the working-day clocks of the fourth document (S4.3).
  public static let fujian = RuleProfile(name: "fujian", hasWorkingDayClocks: true)

  /// The built-in profiles.
  public static let builtIn: [RuleProfile] = [.provincial2009, .fujian]

  /// The built-in profile of a name, or nil.
  public init?(name: String) {
    guard let found = RuleProfile.builtIn.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// This profile with other dates and categories: how a site configures its own variant.
  public func with(
    validFrom: CivilDate? = nil, validThrough: CivilDate? = nil, switchedOff: Set<Category> = []
  ) -> RuleProfile {
    RuleProfile(
      name: name, hasWorkingDayClocks: hasWorkingDayClocks, validFrom: validFrom,
      validThrough: validThrough, switchedOff: switchedOff)
  }

  /// Whether the profile is in force on a day.
  public func isInForce(on day: CivilDate) -> Bool {
    if let validFrom, day < validFrom { return false }
    if let validThrough, day > validThrough { return false }
    return true
  }
}
