/// Where a node makes backups by itself, how often, and how many it keeps.
public struct BackupSchedule: Sendable, Hashable {
  /// The folder that they go to.
  public var folder: String
  /// The file of the keys.
  public var keyFile: String
  /// Hours from one to the next.
  public var everyHours: Int
  /// How many are kept.
  public var keep: Int

  /// Hours from one to the next, at least and at most a week.
  public static let hourBounds = 1...168
  /// How many can be kept.
  public static let keepBounds = 1...1000
  /// Once a day.
  public static let standardHours = 24
  /// Two weeks of days.
  public static let standardKeep = 14
  /// After a failure the next attempt comes so soon, in milliseconds.
  static let retryMilliseconds: Int64 = 15 * 60 * 1000

  /// A schedule.
  public init(
    folder: String, keyFile: String, everyHours: Int = standardHours, keep: Int = standardKeep
  ) {
    self.folder = folder
    self.keyFile = keyFile
    self.everyHours = everyHours
    self.keep = keep
  }

  /// When the next one is due.
  ///
  /// - Parameters:
  ///   - last: When the last one was made; nil: never.
  ///   - failed: When an attempt failed after that; nil: none did.
  /// - Returns: Milliseconds since 1970; 0: at once.
  public func due(after last: Int64?, failed: Int64?) -> Int64 {
    let due = last.map { $0 + Int64(everyHours) * 3_600_000 } ?? 0
    return max(due, failed.map { $0 + Self.retryMilliseconds } ?? 0)
  }
}
