/// An operator's account.
///
/// The password itself is nowhere: only verifiers (S8.1).
///
/// Times are milliseconds since 1970, 0 never.
public struct StoredAccount: Sendable, Hashable {
  /// The name typed at sign-in.
  public var name: String
  /// The person's name, as the responsible person of a late item is shown (S9.2).
  public var displayName: String
  /// The role's stable name.
  public var role: String
  /// The division the account belongs to.
  public var division: String
  /// What a sign-in is checked against.
  public var verifier: String
  /// The verifier before the last change, and until when it still counts: the overlap in which
  /// programs with the old password go on.
  public var previousVerifier: String?
  /// The end of that overlap.
  public var previousUntil: Int64 = 0
  /// When the account was made.
  public var created: Int64
  /// When it was switched off.
  public var disabled: Int64 = 0
  /// Failed sign-ins since the last good one.
  public var failures = 0
  /// When the last of them was.
  public var lastFailure: Int64 = 0
  /// Until when sign-ins are refused.
  public var lockedUntil: Int64 = 0
  /// The last good sign-in.
  public var lastLogin: Int64 = 0
  /// The good sign-in before that.
  public var previousLogin: Int64 = 0
  /// From where the last good sign-in came; empty: unknown.
  public var lastAddress = ""
  /// From where the one before came; empty: unknown.
  public var previousAddress = ""
  /// When the password was set.
  public var passwordChanged: Int64

  /// A new account.
  public init(
    name: String, displayName: String = "", role: String, division: String, verifier: String,
    created: Int64
  ) {
    self.name = name
    self.displayName = displayName
    self.role = role
    self.division = division
    self.verifier = verifier
    self.created = created
    passwordChanged = created
  }

  /// The verifiers that count at this time, the current one first.
  public func verifiers(at time: Int64) -> [String] {
    guard let previousVerifier, time < previousUntil else { return [verifier] }
    return [verifier, previousVerifier]
  }

  /// When the password of a verifier was set, if it counts at this time: for the one before the last,
  /// any time before that.
  public func passwordSet(of verifier: String, at time: Int64) -> Int64? {
    verifiers(at: time).firstIndex(of: verifier).map { passwordChanged - Int64($0) }
  }

  /// Whether sign-ins from an address are taken at this time: a lock keeps out all but the address of
  /// the last good one, so that nobody who guesses elsewhere costs the owner a day.
  ///
  /// A lock of a time to come was set by a clock that was ahead, and holds nobody up.
  public func isOpen(at time: Int64, from address: String = "") -> Bool {
    guard disabled == 0 else { return false }
    let isLocked = (lastFailure..<max(lastFailure, lockedUntil)).contains(time)
    return !isLocked || !address.isEmpty && address == lastAddress
  }
}
