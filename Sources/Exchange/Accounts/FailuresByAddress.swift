internal import Credentials
internal import Synchronization

/// Failed sign-ins of an account from an address: who guesses there keeps nobody out anywhere else.
///
/// In memory alone: a node that is started anew has forgotten them, and counts on by account.
final class FailuresByAddress: Sendable {
  /// An account's name, or one that is no account, from an address.
  private struct Pair: Hashable {
    let account: String
    let address: String
  }

  /// Pairs that are kept at most: some 4 MiB.
  ///
  /// Past it those of the longest ago go.
  static let pairs = 16_384

  private let failures = Mutex<[Pair: SignInFailures]>([:])
  private let policy: LockoutPolicy

  init(policy: LockoutPolicy) {
    self.policy = policy
  }

  /// Whether a sign-in must be refused now, in seconds since 1970.
  func isLocked(_ account: String, at address: String, now: Int64) -> Bool {
    failures.withLock { $0[Pair(account: account, address: address)]?.isLocked(now: now) ?? false }
  }

  /// Counts a failure; what the pair has then.
  ///
  /// One during a lock is not counted.
  func record(_ account: String, at address: String, now: Int64) -> SignInFailures {
    failures.withLock { failures in
      let pair = Pair(account: account, address: address)
      var own = failures[pair] ?? SignInFailures()
      own.recordFailure(now: now, policy: policy)
      if failures.count >= Self.pairs, failures[pair] == nil { Self.makeRoom(in: &failures) }
      failures[pair] = own
      return own
    }
  }

  /// The account has signed in there.
  func forget(_ account: String, at address: String) {
    failures.withLock { $0[Pair(account: account, address: address)] = nil }
  }

  private static func makeRoom(in failures: inout [Pair: SignInFailures]) {
    let byAge = failures.values.map(\.last).sorted()
    let until = byAge[byAge.count / 4]
    failures = failures.filter { $0.value.last > until }
  }
}
