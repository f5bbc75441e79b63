/// G5: a check done where a woman lives counts as one done at home (Order 555 article 13): nothing
/// may require her to travel.
public enum LocalChecksCount {
  /// The checks that count for a woman in a span of days: all of hers, wherever they were done.
  public static func count(
    of checks: [(date: CivilDate, place: DivisionCode)], in days: ClosedRange<CivilDate>
  ) -> Int {
    checks.count { days.contains($0.date) }
  }
}
