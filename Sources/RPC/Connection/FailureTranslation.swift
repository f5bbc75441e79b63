public import ExchangeProtos
internal import TLS
public import Wire

extension CallFailure {
  /// What the other side is told about a message that could not be taken.
  public init(_ refusal: MessageRefusal) {
    self.init(
      .invalidArgument, word: refusal.reason.rawValue, field: refusal.field, refusal.text)
  }

  /// What a call's error means: a failure as it is; the rest is not the caller's business.
  init(other error: any Error) {
    switch error {
    case let failure as CallFailure: self = failure
    case let refusal as MessageRefusal: self.init(refusal)
    case let violation as WireViolation: self = violation.failure
    case let failure as TLSFailure: self.init(.unavailable, .tls, "\(failure)")
    case is CancellationError: self.init(.cancelled, .cancelled, "the call was given up")
    default: self.init(.internal, .internal, "the node failed; its log says why")
    }
  }

  static let streamIsOver = CallFailure(
    .cancelled, .streamOver, "the other side has ended this call")
}
