public import CaseFile
internal import ExchangeRules
public import Presentation

extension CaseFileFailure: ExplainedError {
  /// The file is not one that can be read.
  public var explanation: ProgramFailure {
    ProgramFailure(
      .badInput, reason.rawValue, chinese: text.chinese, english: text.english)
  }
}
