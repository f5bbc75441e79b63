/// What an event says of a right that a person has asked for.
///
/// The account is that of whoever brought the event about: a second person approves.
public enum RightStep: Hashable, Sendable {
  /// A county has taken it up.
  case asks(PersonRight, account: String)
  /// A county has decided on what the event of this digest asks.
  case decides(EventDigest, granted: Bool, account: String)
}
