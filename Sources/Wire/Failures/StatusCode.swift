/// How a call ended: gRPC's seventeen canonical codes, with gRPC's numbers and meaning.
///
/// Source: `google.rpc.Code`. The retry rule of each code stands at its case.
public enum StatusCode: UInt8, Sendable, Hashable, CaseIterable {
  /// The call succeeded.
  case ok = 0
  /// The caller gave the call up. Not retried.
  case cancelled = 1
  /// An error whose kind is not known. Not retried.
  case unknown = 2
  /// The request is wrong whatever the state of the node. Correct it; a retry is refused again.
  case invalidArgument = 3
  /// The deadline passed. The work may have been done: retry only what is idempotent.
  case deadlineExceeded = 4
  /// What the request names does not exist, or the caller may not know that it does.
  case notFound = 5
  /// What the request would create exists already, with other content.
  case alreadyExists = 6
  /// The caller's role or division does not allow it. Not retried.
  case permissionDenied = 7
  /// A limit was reached. Retry after the hint that comes with it.
  case resourceExhausted = 8
  /// The state of the item does not allow it now. Change the state first.
  case failedPrecondition = 9
  /// Somebody else's change came between. Read again, then retry.
  case aborted = 10
  /// A position past the end, such as a cursor of another list.
  case outOfRange = 11
  /// The node has no such method.
  case unimplemented = 12
  /// The node failed in a way that is its own fault. Not retried.
  case `internal` = 13
  /// The node cannot be reached, or is going away. Retry, with backoff.
  case unavailable = 14
  /// Stored data is damaged or lost. Not retried.
  case dataLoss = 15
  /// Who calls is not proven. Sign in.
  case unauthenticated = 16

  /// The canonical name, such as `FAILED_PRECONDITION`.
  public var name: String {
    switch self {
    case .ok: "OK"
    case .cancelled: "CANCELLED"
    case .unknown: "UNKNOWN"
    case .invalidArgument: "INVALID_ARGUMENT"
    case .deadlineExceeded: "DEADLINE_EXCEEDED"
    case .notFound: "NOT_FOUND"
    case .alreadyExists: "ALREADY_EXISTS"
    case .permissionDenied: "PERMISSION_DENIED"
    case .resourceExhausted: "RESOURCE_EXHAUSTED"
    case .failedPrecondition: "FAILED_PRECONDITION"
    case .aborted: "ABORTED"
    case .outOfRange: "OUT_OF_RANGE"
    case .unimplemented: "UNIMPLEMENTED"
    case .internal: "INTERNAL"
    case .unavailable: "UNAVAILABLE"
    case .dataLoss: "DATA_LOSS"
    case .unauthenticated: "UNAUTHENTICATED"
    }
  }
}
