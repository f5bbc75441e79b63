/// How many sessions an account has, and how long they last (GB/T 22239, 8.1.4.1; AUTH-2).
///
/// A site may set them; the numbers are policy, not in the clause.
public struct SessionLimits: Sendable, Hashable {
  /// Sessions that an account has open at the same time, at most; one more ends the oldest, so that
  /// a clerk who has forgotten some windows still comes in.
  public var sessionsOfAccount: Int
  /// How long a session may be left alone, in seconds; then the password is typed again.
  public var idleSeconds: Int64
  /// The longest life of a session, in seconds, however much it is used.
  public var longestSeconds: Int64

  /// Limits of their parts.
  public init(sessionsOfAccount: Int, idleSeconds: Int64, longestSeconds: Int64) {
    self.sessionsOfAccount = sessionsOfAccount
    self.idleSeconds = idleSeconds
    self.longestSeconds = longestSeconds
  }

  /// One person has a window or two a day; half an hour alone; a working day.
  public static let standard = SessionLimits(
    sessionsOfAccount: 32, idleSeconds: 1_800, longestSeconds: 12 * 3_600)
  /// What a site may set, in sessions.
  public static let sessionBounds = 1...64
  /// What a site may set, in minutes: under five nobody finishes a form.
  public static let idleMinuteBounds = 5...480
  /// What a site may set, in hours.
  public static let longestHourBounds = 1...24
}
