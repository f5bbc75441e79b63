public import ExchangeRules

/// What happened to an item, numbered as on the wire (`EventKind`).
public enum HistoryStep: Int, Sendable, Hashable, CaseIterable {
  case entered = 1
  case submitted = 2
  case relayed = 3
  case delivered = 4
  case received = 5
  case assigned = 6
  case searched = 7
  case answered = 8
  case closed = 9
  case refused = 10

  /// The word that programs use.
  public var word: String {
    switch self {
    case .entered: "entered"
    case .submitted: "submitted"
    case .relayed: "relayed"
    case .delivered: "delivered"
    case .received: "received"
    case .assigned: "assigned"
    case .searched: "searched"
    case .answered: "answered"
    case .closed: "closed"
    case .refused: "refused"
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .entered: BilingualText(chinese: "录入", english: "entered")
    case .submitted: BilingualText(chinese: "提交", english: "submitted")
    case .relayed: BilingualText(chinese: "转发", english: "relayed")
    case .delivered: BilingualText(chinese: "送达", english: "delivered")
    case .received: BilingualText(chinese: "接收", english: "received")
    case .assigned: BilingualText(chinese: "分解", english: "assigned")
    case .searched: BilingualText(chinese: "查找", english: "searched")
    case .answered: BilingualText(chinese: "反馈", english: "answered")
    case .closed: BilingualText(chinese: "办结", english: "closed")
    case .refused: BilingualText(chinese: "退回", english: "refused")
    }
  }
}
