/// A part of a county's score in a quarter: a share of what was asked of it, or of its duties.
public enum RankingPart: String, CaseIterable, Hashable, Sendable {
  /// Assist requests fed back through the 27th (S6.1).
  case feedbackRate
  /// Items to be answered that were answered through their due date.
  case answeredInTime
  /// Items to be answered whose answer is substantiated (G4): filler counts as no answer does.
  case substantiated
  /// Items received through the 27th.
  case receivedInCycle
  /// The quarter's months with a submission (S6.2).
  case monthsWithSubmission

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .feedbackRate: BilingualText(chinese: "反馈率", english: "feedback rate")
    case .answeredInTime: BilingualText(chinese: "按时反馈", english: "answered in time")
    case .substantiated: BilingualText(chinese: "有据反馈", english: "substantiated")
    case .receivedInCycle: BilingualText(chinese: "周期内接收", english: "received in the cycle")
    case .monthsWithSubmission:
      BilingualText(chinese: "有提交的月份", english: "months with a submission")
    }
  }

  /// The figures that it is the share of: how many, and of how many; nil for months.
  public var measures: (count: FigureMeasure, of: FigureMeasure)? {
    switch self {
    case .feedbackRate: (.queriesFedBack, .queries)
    case .answeredInTime: (.inTime, .feedbackRequired)
    case .substantiated: (.substantiated, .feedbackRequired)
    case .receivedInCycle: (.receivedInCycle, .asked)
    case .monthsWithSubmission: nil
    }
  }

  /// The part in a quarter's cycles: how many, of how many.
  func share(of cycles: [CycleFigures]) -> (count: Int, of: Int) {
    guard let measures else {
      return (cycles.count { !$0.hasNoSubmission }, cycles.count)
    }
    return cycles.reduce((0, 0)) {
      ($0.0 + $1[measures.count], $0.1 + $1[measures.of])
    }
  }
}
