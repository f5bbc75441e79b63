/// How long a node keeps what it knows of persons, in days (G6).
public struct RetentionPolicy: Sendable, Hashable {
  /// The days that may be set: what the law wants kept for six months, the log of a network among it
  /// (Cybersecurity Law, article 21), is kept for the longest six months; a century at most.
  public static let dayBounds = 184...36_500

  /// After an item came to its end; nil: it is kept.
  public var itemDays: Int?
  /// After a trace was left; nil: it is kept.
  public var traceDays: Int?

  /// A policy; what is nil is kept.
  public init(itemDays: Int? = nil, traceDays: Int? = nil) {
    self.itemDays = itemDays
    self.traceDays = traceDays
  }

  private static let dayMilliseconds: Int64 = 24 * 60 * 60 * 1000

  /// Since when an item must have come to its end to be in ordinary view: six months.
  static func viewedSince(now: Int64) -> Int64 {
    before(days: dayBounds.lowerBound, now: now)
  }

  /// So many days ago, in milliseconds since 1970.
  static func before(days: Int, now: Int64) -> Int64 { now - Int64(days) * dayMilliseconds }
}
