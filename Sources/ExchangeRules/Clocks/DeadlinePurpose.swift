/// What has to be done by a deadline.
public enum DeadlinePurpose: String, CaseIterable, Hashable, Sendable {
  case submit
  case receive
  case feedback
  case update

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .submit: BilingualText(chinese: "提交", english: "submit")
    case .receive: BilingualText(chinese: "接收", english: "receive")
    case .feedback: BilingualText(chinese: "反馈", english: "feed back")
    case .update: BilingualText(chinese: "更新", english: "update")
    }
  }
}
