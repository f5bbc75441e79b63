public import ExchangeProtos
internal import ExchangeRules
public import Presentation
public import Wire

extension CallFailure: ExplainedError {
  /// What it means by its status, the node's sentence, and what to do.
  public var explanation: ProgramFailure {
    let told = FailureText(
      status: Int(status.rawValue), reason: reason, field: field, text: text, trace: trace)
    return ProgramFailure(
      told.exit, reason, field: field,
      text: BilingualText(chinese: told.line(in: .chinese), english: told.line(in: .english)))
  }
}

extension Refusal {
  /// A call's failure as the refusal of one item.
  public init(_ failure: CallFailure) {
    self.init()
    reason = failure.reason
    field = failure.field
    text = failure.text
  }
}
