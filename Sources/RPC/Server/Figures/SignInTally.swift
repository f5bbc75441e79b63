internal import NIOConcurrencyHelpers

/// Counts sign-ins and their refusals.
final class SignInTally: Sendable {
  private struct Counts {
    var signedIn: [SignInKind: UInt64] = [:]
    var refused: UInt64 = 0
  }

  private let counts = NIOLockedValueBox(Counts())

  func signedIn(_ kind: SignInKind) {
    counts.withLockedValue { $0.signedIn[kind, default: 0] += 1 }
  }

  func refused() { counts.withLockedValue { $0.refused += 1 } }

  var signedIn: [SignInKind: UInt64] { counts.withLockedValue(\.signedIn) }
  var refusals: UInt64 { counts.withLockedValue(\.refused) }
}
