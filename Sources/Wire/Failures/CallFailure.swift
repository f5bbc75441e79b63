/// Why a call failed, as it travels: a canonical status, a stable machine-readable reason, the field
/// at fault, a sentence for a person, and when to try again.
///
/// The retry rule is the status's (see ``StatusCode``); `retryAfterMilliseconds` sharpens it.
public struct CallFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The canonical status; never `ok`.
  public var status: StatusCode
  /// A stable word for programs, such as `wrong-division`: one of ``FailureReason``, of the rules or
  /// of a newer node; at most 255 bytes on the wire.
  public var reason: String
  /// The field at fault, such as `item.subject.name`; empty where no field is.
  ///
  /// At most 255 bytes.
  public var field: String
  /// A sentence that names what is wrong and what to do; carries no personal data.
  public var text: String
  /// When a retry makes sense, in milliseconds from now; 0 gives no hint.
  public var retryAfterMilliseconds: UInt32
  /// Whether this side knows that the node has not begun with the call, so that it may be made
  /// again whatever it does.
  ///
  /// It never travels: what a node writes into a `RESULT` cannot claim it.
  public private(set) var wasNotBegun = false

  /// The trace of the call, by which the nodes' logs are searched; empty: it had none.
  ///
  /// It never travels: the caller knows it.
  public var trace = ""

  /// A failure with its status, reason and sentence.
  public init(
    _ status: StatusCode, _ reason: FailureReason, field: String = "", _ text: String,
    retryAfterMilliseconds: UInt32 = 0
  ) {
    self.init(
      status, word: reason.rawValue, field: field, text,
      retryAfterMilliseconds: retryAfterMilliseconds)
  }

  /// A failure whose word comes from elsewhere: from a rule, a message, or the other side.
  public init(
    _ status: StatusCode, word reason: String, field: String = "", _ text: String,
    retryAfterMilliseconds: UInt32 = 0
  ) {
    self.status = status == .ok ? .internal : status
    self.reason = reason
    self.field = field
    self.text = text
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }

  /// The same failure of a call that the node has not begun with.
  public var notBegun: CallFailure {
    var failure = self
    failure.wasNotBegun = true
    return failure
  }

  /// `STATUS reason (field): text`.
  public var description: String {
    "\(status.name) \(reason)\(field.isEmpty ? "" : " (\(field))"): \(text)"
  }
}
