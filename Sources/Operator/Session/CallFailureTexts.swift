import ExchangeProtos
import Presentation
import Wire

extension FailureText {
  init(_ failure: CallFailure) {
    self.init(
      status: Int(failure.status.rawValue), reason: failure.reason, field: failure.field,
      text: failure.text)
  }
}

extension Refusal {
  /// A call's failure as the refusal of one item.
  init(_ failure: CallFailure) {
    self.init()
    reason = failure.reason
    field = failure.field
    text = failure.text
  }
}
