/// How an item stands to its due date (S6.6), numbered as on the wire.
///
/// Late but done and never done are kept apart.
public enum Lateness: Int, CaseIterable, Hashable, Sendable {
  /// Not done, and not due before today.
  case open = 1
  /// Done through the end of the due date.
  case inTime = 2
  /// Done after the due date.
  case lateDone = 3
  /// Not done, and due before today.
  case overdue = 4

  /// Where an item stands that was due on a day, as of another.
  public init(_ timeliness: AnswerTimeliness) {
    switch timeliness {
    case .open: self = .open
    case .inTime: self = .inTime
    case .lateButDone: self = .lateDone
    case .neverDone: self = .overdue
    }
  }

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .open: BilingualText(chinese: "未到期", english: "open")
    case .inTime: BilingualText(chinese: "按时", english: "in time")
    case .lateDone: BilingualText(chinese: "逾期已办", english: "late, done")
    case .overdue: BilingualText(chinese: "逾期未办", english: "overdue")
    }
  }
}
