/// Who did something: an account, in a role, of a division.
public struct LedgerActor: Hashable, Sendable {
  /// The account's name; a node's division for what a node did by itself.
  public var account: String
  /// The role's stable name.
  public var role: String
  /// The division the account belongs to.
  public var division: String

  /// An actor.
  public init(account: String, role: String, division: String) {
    self.account = account
    self.role = role
    self.division = division
  }
}
