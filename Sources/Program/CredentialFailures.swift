public import Credentials
public import Presentation
public import TLS

extension PasswordFile.Failure: ExplainedError {
  /// The file cannot be used.
  public var explanation: ProgramFailure {
    ProgramFailure(
      .credentials, "password-file", chinese: "密码文件：\(text)", english: text)
  }
}

extension TLSFailure: ExplainedError {
  /// A certificate, key or list cannot be used, unless the command line asked for what none can be.
  public var explanation: ProgramFailure {
    ProgramFailure(exit, "tls", chinese: "\(meaning)（\(text)）", english: text)
  }

  private var meaning: String {
    switch kind {
    case .unreadableFile: "证书文件无法读取"
    case .malformedCertificate: "证书文件内容有误"
    case .unreadableKey: "私钥文件无法使用"
    case .keyMismatch: "私钥与证书不配对"
    case .malformedRevocationList: "吊销列表有误，请重新获取"
    case .fileExists: "文件已存在，未替换"
    case .unwritableFile: "文件无法写入"
    case .invalidArgument: "参数不能用于证书"
    case .peerOutOfDate: "证书已过期或尚未生效"
    case .peerRevoked: "证书已被吊销"
    case .untrustedPeer: "证书不是本网络颁发的"
    case .revocationListOutOfDate: "吊销列表已过期，请管理员重新签发"
    default: "证书或安全连接有误"
    }
  }

  private var exit: ProgramExit {
    switch kind {
    case .invalidArgument: .badInput
    case .fileExists: .refused
    case .internal: .failure
    default: .credentials
    }
  }
}

extension SecretKeyFailure: ExplainedError {
  /// What is wrong and what to do: the line that names the file, in Chinese after what the reason means.
  public var explanation: ProgramFailure {
    switch reason {
    case .keyFile:
      ProgramFailure(
        .credentials, reason.rawValue, chinese: "密钥文件不能用（\(description)）",
        english: description)
    case .exists:
      ProgramFailure(
        .refused, reason.rawValue, chinese: "同名文件已存在，不会覆盖（\(description)）",
        english: description)
    }
  }
}
