public import ExchangeRules

/// Writes moments in China Standard Time, which is UTC+8 all year.
public enum MomentText {
  private static let offsetMilliseconds: Int64 = 8 * 3_600_000
  private static let dayMilliseconds: Int64 = 86_400_000

  /// `2026-11-24 18:30:31`, from milliseconds since 1970 UTC.
  public static func text(_ milliseconds: Int64) -> String {
    let (local, overflow) = milliseconds.addingReportingOverflow(offsetMilliseconds)
    guard !overflow else { return "" }
    let (day, rest) = floorDivided(local)
    let seconds = rest / 1000
    return "\(CivilDate(dayNumber: Int(day))) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):"
      + two(seconds % 60)
  }

  /// The civil date of a moment; the first or last day there is for one beyond.
  public static func today(at milliseconds: Int64) -> CivilDate {
    let (local, overflow) = milliseconds.addingReportingOverflow(offsetMilliseconds)
    return overflow ? .latest : CivilDate(dayNumber: Int(floorDivided(local).day))
  }

  private static func floorDivided(_ local: Int64) -> (day: Int64, rest: Int64) {
    let rest = local % dayMilliseconds
    return rest < 0
      ? (local / dayMilliseconds - 1, rest + dayMilliseconds) : (local / dayMilliseconds, rest)
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
