public import ExchangeRules

/// How a call's failure is told to an operator: what it means by its canonical status, what to do,
/// and the sentence that the node sent.
public struct FailureText: Sendable, Hashable {
  /// The canonical status, 1 to 16.
  public var status: Int
  /// The stable word of the node.
  public var reason: String
  /// The field at fault; may be empty.
  public var field: String
  /// The node's sentence.
  public var text: String

  /// A failure of its parts.
  public init(status: Int, reason: String, field: String, text: String) {
    self.status = status
    self.reason = reason
    self.field = field
    self.text = text
  }

  /// The failure in one line, with the remedy.
  public func line(in language: Language) -> String {
    let meaning = meaning[language]
    let place = field.isEmpty ? "" : language == .chinese ? "（\(field)）" : " (\(field))"
    let detail = text.isEmpty ? reason : TwoLanguages.part(of: text, in: language)
    return language == .chinese
      ? "\(meaning)\(place)：\(detail) [\(reason)]" : "\(meaning)\(place): \(detail) [\(reason)]"
  }

  /// How the program ends on it.
  public var exit: ProgramExit {
    switch status {
    case 16: .credentials
    case 1, 4, 14: .unreachable
    case 2, 12, 13, 15: .failure
    default: .refused
    }
  }

  private var meaning: BilingualText {
    switch status {
    case 1: BilingualText(chinese: "操作已取消", english: "cancelled")
    case 3: BilingualText(chinese: "内容有误，请更正后再试", english: "the request is wrong; correct it")
    case 4:
      BilingualText(
        chinese: "节点未及时答复，可以再试，不会重复录入",
        english: "the node did not answer in time; try again, nothing is entered twice")
    case 5: BilingualText(chinese: "没有找到", english: "not found")
    case 6: BilingualText(chinese: "已存在，但内容不同", english: "it exists with other content")
    case 7:
      BilingualText(chinese: "您的角色或辖区无权进行此操作", english: "your role or division may not do this")
    case 8: BilingualText(chinese: "超出限额，请稍后再试", english: "a limit is reached; try again later")
    case 9, 10:
      BilingualText(
        chinese: "当前状态下不能进行此操作", english: "the state of the item does not allow it now")
    case 11: BilingualText(chinese: "超出范围", english: "out of range")
    case 14:
      BilingualText(
        chinese: "连接不上节点，请检查网络后再试", english: "the node cannot be reached; try again later")
    case 16:
      BilingualText(
        chinese: "未登录或登录已失效，请用 xiecha sign-in 登录",
        english: "not signed in, or the session has ended; use xiecha sign-in")
    default:
      BilingualText(chinese: "节点出错，请联系管理员", english: "the node failed; tell the administrator")
    }
  }
}
