internal import Credentials
public import ExchangeRules
internal import Ledger
internal import RPC
internal import TLS

/// Why a program ends without having done what it was asked: its exit code and one clear line.
public struct ProgramFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// How the program ends.
  public var exit: ProgramExit
  /// What is wrong and what to do, without personal data and without secrets.
  public var text: BilingualText

  /// A failure of its parts.
  public init(_ exit: ProgramExit, chinese: String, english: String) {
    self.exit = exit
    text = BilingualText(chinese: chinese, english: english)
  }

  /// Any error that reaches the end of a program.
  public init(_ error: any Error) {
    switch error {
    case let failure as ProgramFailure:
      self = failure
    case let failure as LedgerFailure:
      self.init(
        Self.exit(of: failure.reason),
        chinese: "数据库：\(Self.chinese(of: failure.reason))（\(failure.text)）",
        english: failure.text)
    case let failure as TLSFailure:
      self.init(Self.exit(of: failure.kind), chinese: "证书：\(failure.text)", english: failure.text)
    case let failure as PasswordFile.Failure:
      self.init(.credentials, chinese: "密码文件：\(failure.text)", english: failure.text)
    case let failure as ListenFailure:
      self.init(
        .address, chinese: "无法监听 \(failure.endpoint)：\(failure.cause)；请换一个端口，或停掉占用它的程序",
        english: failure.description)
    default:
      self.init(.failure, chinese: "程序出错：\(error)", english: "internal: \(error)")
    }
  }

  /// The line in English.
  public var description: String { text.english }

  private static func exit(of reason: LedgerFailure.Reason) -> ProgramExit {
    switch reason {
    case .notALedger, .newerVersion, .unreadable, .readOnly, .inUse, .diskFull, .storage, .corrupt,
      .closed, .busy:
      .store
    case .unknownItem, .unknown, .exists, .conflict, .sequence, .invalid: .refused
    }
  }

  /// What is wrong and what to do, in the operator's language; the ledger's own line, which names the
  /// file or the account, follows it.
  private static func chinese(of reason: LedgerFailure.Reason) -> String {
    switch reason {
    case .notALedger: "该文件不是本系统的数据库，请核对路径"
    case .newerVersion: "数据库由更新版本的程序写成，请升级程序"
    case .unreadable: "无法打开数据库文件或其目录，请检查路径和权限"
    case .readOnly: "数据库只读，请检查文件和目录的权限"
    case .inUse: "数据库正被另一个进程占用，请先停止该进程"
    case .diskFull: "磁盘已满，本次未保存，请清理后重试"
    case .storage: "存储读写失败，请检查磁盘"
    case .corrupt: "数据库内容损坏，请用最近的备份恢复"
    case .closed: "数据库已关闭"
    case .busy: "数据库忙，请稍后重试"
    case .unknownItem: "没有这条信息，请核对编号"
    case .unknown: "没有这样的账号、节点、会话或记录，请列出后核对"
    case .exists: "已经存在，请换一个名称"
    case .conflict: "编号相同而内容不同"
    case .sequence: "对方的序号不符"
    case .invalid: "数值不合要求"
    }
  }

  private static func exit(of kind: TLSFailure.Kind) -> ProgramExit {
    switch kind {
    case .invalidArgument: .badInput
    case .fileExists: .refused
    case .internal: .failure
    default: .credentials
    }
  }
}
