/// What the figures of a cycle count (S5.2, S6, G4).
public enum FigureMeasure: Int, CaseIterable, Hashable, Sendable {
  /// What the division asked others.
  case submitted = 1
  /// What others asked of it.
  case asked
  /// Of those: an answer is required.
  case feedbackRequired
  /// Received through the 27th.
  case receivedInCycle
  /// Answered through the 27th.
  case fedBackInCycle
  /// Answered through its own due date.
  case inTime
  /// Answered after its due date.
  case lateDone
  /// Past its due date and not answered.
  case neverDone
  /// Not answered, and still in time.
  case open
  /// Answered: not found.
  case notFound
  /// Answered, and the answer is substantiated.
  case substantiated
  /// Assist requests asked of it: what the rate is of (S6.1).
  case queries
  /// Of those: answered through the 27th.
  case queriesFedBack

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// The requirement that it comes from.
  public var rule: String {
    switch self {
    case .submitted: "S6.2"
    case .asked, .receivedInCycle, .fedBackInCycle: "S5.2"
    case .feedbackRequired: "S4"
    case .inTime, .lateDone, .neverDone, .open: "S6.6"
    case .notFound: "S6.3"
    case .substantiated: "G4"
    case .queries, .queriesFedBack: "S6.1"
    }
  }

  /// What an operator reads above the column.
  public var label: BilingualText {
    switch self {
    case .submitted: BilingualText(chinese: "提交", english: "submitted")
    case .asked: BilingualText(chinese: "收到", english: "asked")
    case .feedbackRequired: BilingualText(chinese: "应反馈", english: "to answer")
    case .receivedInCycle: BilingualText(chinese: "周期内接收", english: "received")
    case .fedBackInCycle: BilingualText(chinese: "周期内反馈", english: "fed back")
    case .inTime: BilingualText(chinese: "按时", english: "in time")
    case .lateDone: BilingualText(chinese: "逾期已办", english: "late")
    case .neverDone: BilingualText(chinese: "逾期未办", english: "never")
    case .open: BilingualText(chinese: "未到期", english: "open")
    case .notFound: BilingualText(chinese: "查无此人", english: "not found")
    case .substantiated: BilingualText(chinese: "有据反馈", english: "substantiated")
    case .queries: BilingualText(chinese: "应反馈协查", english: "queries")
    case .queriesFedBack: BilingualText(chinese: "已反馈协查", english: "queries fed back")
    }
  }
}
