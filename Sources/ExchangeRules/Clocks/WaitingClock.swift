/// A clock of working days that runs, and whose date is not known yet because the calendar ends before
/// it (S4.5).
public struct WaitingClock: Hashable, Sendable {
  /// The requirement that sets the clock, such as "S4.3".
  public let rule: String
  /// What has to be done.
  public let purpose: DeadlinePurpose
  /// The day the clock starts on; not counted.
  public let start: CivilDate
  /// Its length in working days.
  public let length: Int
  /// Which date it starts from, and the year that is missing.
  public let gap: RulingGap

  /// The clock in words.
  public var explanation: BilingualText {
    BilingualText(
      chinese: "\(rule)：自\(start)起（当日不计）\(length)个工作日内\(purpose.label.chinese)，截止日待定："
        + gap.gap.text.chinese,
      english:
        "\(rule): \(purpose.label.english) within \(length) working days of \(start) (that day "
        + "not counted); the date is not known yet: \(gap.gap.text.english)")
  }
}
