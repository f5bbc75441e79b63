public import ExchangeRules

/// How `xiecha`, `xiecha-admin` and `xiecha-node` end: one contract with scripts and service
/// managers.
///
/// A program uses those that it has a use for.
public enum ProgramExit: Int32, Sendable, Hashable, CaseIterable {
  /// Done; for a node: stopped because it was asked to.
  case done = 0
  /// Refused, and nothing changed: a rule, the state of an item, the caller's role or division is
  /// against it, or the thing is not there, or is there already.
  case refused = 1
  /// The command line, the configuration or an input file is wrong; nothing was sent or changed.
  case badInput = 2
  /// Not signed in, the session has ended, name and password do not match; or a certificate, a key,
  /// the trust roots, the revocation list or a password file cannot be used.
  case credentials = 3
  /// The node cannot be reached, is going away, or did not answer in time: try again later, what
  /// was entered is entered once only. For a node: its address cannot be listened on.
  case unreachable = 4
  /// Done in part: some rows or some items were refused, and are listed.
  case partlyDone = 5
  /// The ledger cannot be used: written by a newer version, another node's, damaged, in use, or no
  /// space left.
  case store = 6
  /// What the program had to say could not be written; what it was asked to do may be done.
  case output = 7
  /// A failure that is the program's or the node's own fault.
  case failure = 70
  /// Whoever read the output went away, as `head` does: 128 and the number of SIGPIPE, as shells
  /// report it.
  case readerGone = 141

  /// What the code means, in a few words.
  public var meaning: BilingualText {
    switch self {
    case .done: BilingualText(chinese: "完成", english: "done")
    case .refused: BilingualText(chinese: "被拒绝，未作更改", english: "refused, nothing changed")
    case .badInput:
      BilingualText(
        chinese: "命令、配置或文件有误", english: "bad command line, configuration or input file")
    case .credentials:
      BilingualText(
        chinese: "未登录，或证书、密钥、密码文件不能用",
        english: "not signed in, or a certificate, key or password file cannot be used")
    case .unreachable:
      BilingualText(
        chinese: "连接不上节点，或地址不能监听",
        english: "the node cannot be reached, or the address cannot be listened on")
    case .partlyDone: BilingualText(chinese: "部分完成", english: "done in part")
    case .store: BilingualText(chinese: "数据库不能用", english: "the ledger cannot be used")
    case .output: BilingualText(chinese: "输出无法写入", english: "the output cannot be written")
    case .failure: BilingualText(chinese: "程序出错", english: "internal failure")
    case .readerGone:
      BilingualText(chinese: "读取输出的一方已离开", english: "whoever read the output went away")
    }
  }

  /// All codes with their meaning, for the help of a program.
  public static var help: String {
    let codes = allCases.map { "\($0.rawValue) \($0.meaning.chinese) \($0.meaning.english)" }
    return "退出码 Exit codes: \(codes.joined(separator: "; "))."
  }
}
