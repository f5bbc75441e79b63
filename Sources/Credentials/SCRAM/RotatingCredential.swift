/// A password or secret that can be replaced without anybody being shut out meanwhile: for a time
/// the old one is taken beside the new one.
///
/// Meant for nodes, whose two ends cannot change at the same moment. A person's password is
/// replaced with an overlap of 0.
public struct RotatingCredential: Sendable, Hashable {
  /// What counts from now on.
  public private(set) var current: ScramVerifier
  /// What counted before, while it still does.
  public private(set) var previous: ScramVerifier?
  /// Until when ``previous`` is taken, in seconds since 1970.
  public private(set) var previousUntil: Int64

  /// The longest overlap, in seconds: a week in which a cut-off node must come back once.
  public static let longestOverlapSeconds: Int64 = 7 * 86_400

  /// A credential without a predecessor, or as it was stored.
  public init(
    current: ScramVerifier, previous: ScramVerifier? = nil, previousUntil: Int64 = 0
  ) {
    self.current = current
    self.previous = previous
    self.previousUntil = previousUntil
  }

  /// Replaces the password.
  ///
  /// Takes as long as making a verifier.
  ///
  /// With an overlap the new verifier keeps salt and iterations, because a challenge can name only
  /// one of each and the client must answer it with either password. Without, both are new.
  ///
  /// - Parameters:
  ///   - password: The new one.
  ///   - now: Seconds since 1970.
  ///   - overlapSeconds: How long the old one is still taken; 0 ends it at once.
  ///   - iterations: For a replacement without overlap.
  public mutating func rotate(
    to password: String, now: Int64, overlapSeconds: Int64,
    iterations: Int = ScramVerifier.passwordIterations
  ) {
    let overlap = min(max(overlapSeconds, 0), RotatingCredential.longestOverlapSeconds)
    guard overlap > 0 else {
      self = RotatingCredential(
        current: ScramVerifier(password: password, iterations: iterations))
      return
    }
    let next = ScramVerifier(
      password: password, salt: current.salt, iterations: current.iterations)
    self = RotatingCredential(current: next, previous: current, previousUntil: now + overlap)
  }

  /// The old verifier, where it is still taken: the second argument of
  /// ``ScramServer/serverFirst(verifier:previous:decoyIterations:)``.
  public func previous(at now: Int64) -> ScramVerifier? {
    now < previousUntil ? previous : nil
  }
}
