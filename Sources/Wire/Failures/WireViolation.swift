/// A peer broke the protocol in a way that its connection cannot survive.
///
/// The side that sees it sends `GOAWAY` with ``status`` and ``Reason`` and closes; the node goes on.
public struct WireViolation: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable words of `PROTOCOL.md`, table "Connection errors".
  public enum Reason: String, Sendable, CaseIterable {
    /// The type of a frame is not one of this version.
    case unknownFrameType = "unknown-frame-type"
    /// The payload is longer than the receiver announced.
    case frameTooLong = "frame-too-long"
    /// The payload is not of the form that its type has.
    case malformedFrame = "malformed-frame"
    /// A frame that has no place in this state, such as a request before authentication.
    case unexpectedFrame = "unexpected-frame"
    /// The versions have nothing in common.
    case unsupportedVersion = "unsupported-version"
    /// A stream number that is zero, used before, or out of order.
    case badStream = "bad-stream"
    /// More was sent than the credit allows.
    case creditExceeded = "credit-exceeded"
    /// Credit was granted past the largest window.
    case creditOverflow = "credit-overflow"
    /// More pings than the peer may send.
    case tooManyPings = "too-many-pings"
    /// More calls opened and given up than the peer may.
    case tooManyCancels = "too-many-cancels"
    /// Authentication was not finished in time.
    case authenticationTimeout = "authentication-timeout"
    /// Nothing came within the idle or keepalive time.
    case silent = "silent"
    /// More output waits than a peer that reads would leave.
    case slowReader = "slow-reader"
  }

  /// What was broken.
  public let reason: Reason
  /// A sentence for the log of both sides; carries no payload.
  public let text: String

  /// A violation with its sentence.
  public init(_ reason: Reason, _ text: String) {
    self.reason = reason
    self.text = text
  }

  /// The status that `GOAWAY` carries.
  public var status: StatusCode {
    switch reason {
    case .tooManyPings, .tooManyCancels, .slowReader: .resourceExhausted
    case .authenticationTimeout: .unauthenticated
    case .silent: .unavailable
    case .unsupportedVersion: .unimplemented
    default: .invalidArgument
    }
  }

  /// The same, as a call's failure.
  public var failure: CallFailure { CallFailure(status, word: reason.rawValue, text) }

  /// `reason: text`.
  public var description: String { "\(reason.rawValue): \(text)" }
}
