/// A person as a register or a collection card has her: what S12.2 checks, and nothing more.
public struct PersonFacts: Hashable, Sendable {
  /// What the caller knows her by; the rules only hand it back.
  public var key: String
  /// As written.
  public var name: String
  /// As entered.
  public var sex: Sex
  /// As written; blank without a number.
  public var citizenID: String
  /// Why there is no number, or why a doubtful one is kept.
  public var citizenIDReason: String
  /// Nil when it is not known.
  public var birthDate: CivilDate?
  /// 现居住地.
  public var residence: Searchability.Place
  /// 户籍地.
  public var household: Searchability.Place

  /// A person.
  public init(
    key: String, name: String, sex: Sex = .female, citizenID: String, citizenIDReason: String = "",
    birthDate: CivilDate?, residence: Searchability.Place, household: Searchability.Place
  ) {
    self.key = key
    self.name = name
    self.sex = sex
    self.citizenID = citizenID
    self.citizenIDReason = citizenIDReason
    self.birthDate = birthDate
    self.residence = residence
    self.household = household
  }
}
