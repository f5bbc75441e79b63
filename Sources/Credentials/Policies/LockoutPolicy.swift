/// How many failed sign-ins an account bears, and how long it then rests (GB/T 22239, AUTH-2: the
/// numbers are policy, not in the clause): from one address, and in all.
public struct LockoutPolicy: Sendable, Hashable {
  /// Failures in a row until the account is locked.
  ///
  /// Bounds: 3 to 100.
  public var failuresUntilLock: Int
  /// The first lock, in seconds; each further failure doubles it.
  public var firstLockSeconds: Int64
  /// The longest lock, in seconds: long enough to make guessing hopeless, short enough that an
  /// operator whom somebody locks out on purpose loses no day.
  public var longestLockSeconds: Int64
  /// After how many quiet seconds the failures are forgotten.
  public var forgetSeconds: Int64

  /// From one address: five, then a minute, doubled with each further one up to half an hour.
  public static let fromOneAddress = LockoutPolicy(
    failuresUntilLock: 5, firstLockSeconds: 60, longestLockSeconds: 1_800, forgetSeconds: 86_400)

  /// From all addresses together: fifty are no owner's mistakes any more.
  ///
  /// What is then locked is not the address from which the account signed in last.
  public static let fromAllAddresses = LockoutPolicy(
    failuresUntilLock: 50, firstLockSeconds: 60, longestLockSeconds: 1_800, forgetSeconds: 86_400)

  /// A policy of its parts; what is out of bounds is brought in.
  public init(
    failuresUntilLock: Int, firstLockSeconds: Int64, longestLockSeconds: Int64,
    forgetSeconds: Int64
  ) {
    self.failuresUntilLock = min(max(failuresUntilLock, 3), 100)
    self.firstLockSeconds = min(max(firstLockSeconds, 1), 86_400)
    self.longestLockSeconds = min(max(longestLockSeconds, self.firstLockSeconds), 7 * 86_400)
    self.forgetSeconds = min(max(forgetSeconds, 60), 30 * 86_400)
  }
}

/// The failed sign-ins of one account, or of one name that is no account: kept for both alike, so
/// that a lock tells nothing.
public struct SignInFailures: Sendable, Hashable {
  /// Failures in a row.
  public private(set) var count: Int
  /// When the last one was, in seconds since 1970.
  public private(set) var last: Int64
  /// Until when no sign-in succeeds, in seconds since 1970; 0 where it may.
  public private(set) var lockedUntil: Int64

  private static let mostCounted = 1_000_000

  /// No failures, or those that were stored.
  public init(count: Int = 0, last: Int64 = 0, lockedUntil: Int64 = 0) {
    // Within bounds that no sum below can leave.
    self.count = min(max(0, count), SignInFailures.mostCounted)
    self.last = max(0, last)
    self.lockedUntil = lockedUntil
  }

  /// Whether a sign-in must be refused now.
  ///
  /// It then goes through all its steps with the decoy: the answer is the one of a wrong password. A
  /// lock of a time to come was set by a clock that was ahead, and holds nobody up.
  public func isLocked(now: Int64) -> Bool { now >= last && now < lockedUntil }

  /// Counts a failure.
  ///
  /// One during a lock is not counted: it proves nothing and must not prolong it.
  public mutating func recordFailure(now: Int64, policy: LockoutPolicy) {
    guard !isLocked(now: now) else { return }
    if now - min(last, now) > policy.forgetSeconds { count = 0 }
    count = min(count + 1, SignInFailures.mostCounted)
    last = now
    let beyond = count - policy.failuresUntilLock
    guard beyond >= 0 else { return }
    let doubled = policy.firstLockSeconds << Int64(min(beyond, 20))
    lockedUntil = now + min(doubled, policy.longestLockSeconds)
  }
}
