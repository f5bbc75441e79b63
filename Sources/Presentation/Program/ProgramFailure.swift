import CaseFile
import ExchangeRules
import Presentation
import TLS
import Wire

/// Why a command ends without having done what it was asked: the exit code and one clear line.
struct ProgramFailure: Error {
  var code: Presentation.ExitCode
  /// A stable word for programs.
  var reason: String
  /// The field at fault; may be empty.
  var field = ""
  var text: BilingualText

  init(
    _ code: Presentation.ExitCode, _ reason: String, chinese: String, english: String
  ) {
    self.code = code
    self.reason = reason
    text = BilingualText(chinese: chinese, english: english)
  }

  /// Any error that reaches the end of a command.
  init(_ error: any Error) {
    switch error {
    case let failure as ProgramFailure:
      self = failure
    case let failure as CallFailure:
      self.init(failure)
    case let failure as CaseFileFailure:
      self.init(
        .badInput, failure.reason.rawValue, chinese: failure.text.chinese,
        english: failure.text.english)
    case let failure as TLSFailure:
      self.init(
        .badInput, "tls", chinese: "证书设置有误：\(failure)",
        english: "the certificates cannot be used: \(failure)")
    default:
      self.init(.failure, "internal", chinese: "程序出错：\(error)", english: "internal: \(error)")
    }
  }

  private init(_ failure: CallFailure) {
    let told = FailureText(failure)
    self.init(
      told.exitCode, failure.reason, chinese: told.line(in: .chinese),
      english: told.line(in: .english))
    field = failure.field
  }
}
