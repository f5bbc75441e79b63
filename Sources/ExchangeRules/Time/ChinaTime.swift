/// China Standard Time: UTC+8 all year, in the whole country.
///
/// China has had one zone without summer time since 1992; before, the system keeps no moments.
public enum ChinaTime {
  /// Ahead of UTC.
  static let minutesAhead = 480
  private static let offsetMilliseconds = Int64(minutesAhead) * 60_000
  private static let dayMilliseconds: Int64 = 86_400_000

  /// A moment as an operator reads it, such as `2026-11-24 18:30:31`.
  ///
  /// - Parameter milliseconds: Since 1970, UTC.
  /// - Returns: The date and the time of day; empty for a moment beyond what can be counted.
  public static func text(_ milliseconds: Int64) -> String {
    guard let (day, rest) = local(milliseconds) else { return "" }
    let seconds = rest / 1000
    return "\(CivilDate(dayNumber: day)) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):"
      + two(seconds % 60)
  }

  /// When a day begins, in milliseconds since 1970, UTC.
  public static func start(of day: CivilDate) -> Int64 {
    Int64(day.dayNumber) * dayMilliseconds - offsetMilliseconds
  }

  /// The day and the milliseconds that have passed of it.
  fileprivate static func local(_ milliseconds: Int64) -> (day: Int, rest: Int64)? {
    let (local, overflow) = milliseconds.addingReportingOverflow(offsetMilliseconds)
    guard !overflow else { return nil }
    let (day, rest) = local.quotientAndRemainder(dividingBy: dayMilliseconds)
    return rest < 0 ? (Int(day) - 1, rest + dayMilliseconds) : (Int(day), rest)
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

extension CivilDate {
  /// The civil date in China of a moment; the last day there is for one beyond.
  ///
  /// - Parameter milliseconds: Since 1970, UTC.
  public init(chinaDateOf milliseconds: Int64) {
    self = ChinaTime.local(milliseconds).map { CivilDate(dayNumber: $0.day) } ?? .latest
  }
}
