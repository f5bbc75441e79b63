/// What an item asks of the other side (S4.1, S4.2).
public enum Response: String, CaseIterable, Hashable, Sendable {
  /// Received and answered.
  case feedback
  /// Only received.
  case receive

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .feedback: BilingualText(chinese: "接收并反馈", english: "receive and feed back")
    case .receive: BilingualText(chinese: "接收", english: "receive")
    }
  }
}
