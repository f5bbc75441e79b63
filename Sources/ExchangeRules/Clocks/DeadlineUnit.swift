/// In what a clock counts (S4.1, S4.3).
public enum DeadlineUnit: String, CaseIterable, Hashable, Sendable {
  case days
  case workingDays

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .days: BilingualText(chinese: "日", english: "days")
    case .workingDays: BilingualText(chinese: "个工作日", english: "working days")
    }
  }
}
