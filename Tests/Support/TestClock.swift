internal import ExchangeRules
internal import Synchronization

/// A clock that stands still until a test moves it.
public final class TestClock: Sendable {
  /// 2009-06-17, 10:00 China Standard Time, a Wednesday: where it starts, in milliseconds since 1970.
  public static let start: Int64 = 1_245_204_000_000

  private let time = Mutex(TestClock.start)

  /// A clock at ``start``.
  public init() {}

  /// The time that it shows, in milliseconds since 1970.
  public var now: @Sendable () -> Int64 {
    { self.time.withLock(\.self) }
  }

  /// Moves it, forward or back, to a full hour of China Standard Time.
  ///
  /// - Parameters:
  ///   - date: Such as `2009-06-18`.
  ///   - hour: 0 to 23.
  /// - Throws: ``NoSuchDate``.
  public func set(_ date: String, hour: Int64 = 10) throws {
    guard let date = CivilDate(date), let epoch = CivilDate("1970-01-01") else {
      throw NoSuchDate(text: date)
    }
    let days = Int64(date.dayNumber - epoch.dayNumber)
    time.withLock { $0 = (days * 24 + hour - 8) * 3_600_000 }
  }

  /// Moves it on.
  public func advance(minutes: Int64) { time.withLock { $0 += minutes * 60_000 } }

  /// A test has set the clock to a date that no calendar has.
  public struct NoSuchDate: Error {
    let text: String
  }
}
