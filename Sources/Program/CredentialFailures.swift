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
    ProgramFailure(exit, "tls", chinese: "证书：\(text)", english: text)
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
