/// When something that connections depend on ends.
public struct ValidityEnd: Sendable, Hashable {
  /// What ends.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// This side's certificate.
    case certificate
    /// A trust root.
    case authority
    /// A revocation list: past it no peer of its authority is believed.
    case revocationList = "revocation-list"
    /// A peer's certificate.
    case peer
  }

  /// What ends.
  public let kind: Kind
  /// The last second, in seconds since 1970.
  public let expires: Int64

  /// Days before an end from which it is warned of: a certificate that a county has to fetch from
  /// its province by hand takes weeks.
  public static let warningDays: Int64 = 60

  /// An end.
  public init(_ kind: Kind, _ expires: Int64) {
    self.kind = kind
    self.expires = expires
  }

  /// Whole days that are left at a time in seconds since 1970; below 0: it has ended.
  public func daysLeft(at now: Int64) -> Int64 {
    let seconds = expires - now
    return seconds >= 0 ? seconds / 86_400 : -1 - (-seconds - 1) / 86_400
  }

  /// Whether it is to be warned of.
  public func isNear(at now: Int64) -> Bool { daysLeft(at: now) < ValidityEnd.warningDays }
}
