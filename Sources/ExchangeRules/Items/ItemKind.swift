/// The two kinds of item (S4), numbered as on the wire.
public enum ItemKind: Int, CaseIterable, Hashable, Sendable {
  /// 协查: a question that is answered (S4.1).
  case assistRequest = 1
  /// 服务管理信息: a notice that is received, and for some categories fed back (S4.2).
  case serviceNotice = 2

  /// The word that programs use.
  public var word: String {
    switch self {
    case .assistRequest: "assistRequest"
    case .serviceNotice: "serviceNotice"
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .assistRequest: BilingualText(chinese: "协查", english: "assist request")
    case .serviceNotice: BilingualText(chinese: "服务管理信息", english: "service notice")
    }
  }
}
