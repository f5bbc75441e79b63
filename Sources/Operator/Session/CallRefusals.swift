public import ExchangeProtos
public import ExchangeRules
public import Presentation
public import Wire

extension CallFailure: ExplainedError {
  /// What it means by its status, the node's sentence, and what to do.
  public var explanation: ProgramFailure {
    let told = told
    return ProgramFailure(
      told.exit, reason, field: field,
      text: BilingualText(chinese: told.line(in: .chinese), english: told.line(in: .english)))
  }

  /// The failure in one line, for whoever reads it there.
  public func line(in language: Language, on surface: FailureText.Surface) -> String {
    told.line(in: language, on: surface)
  }

  private var told: FailureText {
    FailureText(
      status: Int(status.rawValue), reason: reason, field: field, text: text, trace: trace)
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
