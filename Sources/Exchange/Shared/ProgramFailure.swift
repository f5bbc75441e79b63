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
        Self.exit(of: failure.reason), chinese: "数据库：\(failure.text)", english: failure.text)
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

  private static func exit(of kind: TLSFailure.Kind) -> ProgramExit {
    switch kind {
    case .invalidArgument: .badInput
    case .fileExists: .refused
    case .internal: .failure
    default: .credentials
    }
  }
}
