import Testing

@testable import Credentials

@Suite("Policies of passwords and failed sign-ins")
struct PolicyTests {
  @Test(
    "a password is long, mixed, not the account's name and not well known (AUTH-1)",
    arguments: [
      ("Tr4velling-Crane", []), ("流动人口协查的口令Ab7", []),
      ("Ab1-", [.tooShort(minimum: 12), .tooFewDistinct(minimum: 6)]),
      ("allsmallletters", [.tooFewClasses(minimum: 3)]),
      ("aaaaaaaaaaA1", [.tooFewDistinct(minimum: 6)]),
      ("Zhang.San-2009x", [.containsAccount]),
      ("My-Password-77x", [.wellKnown]), ("Crane-888888-Lake", [.wellKnown]),
      ("Tr4velling\tCrane", [.unprintable]), ("\u{FEFF}Tr4velling-Crane", [.unprintable]),
      ("Tr4velling\u{200B}Crane", [.unprintable]), ("Tr4velling\u{3000}Crane", []),
      ("Aa1-" + String(repeating: "xyzwvu", count: 50), [.tooLong]),
    ] as [(String, [PasswordWeakness])])
  func passwords(password: String, expected: [PasswordWeakness]) {
    #expect(
      PasswordPolicy.standard.weaknesses(of: password, account: "zhang.san") == expected)
  }

  @Test("every weakness says in Chinese and English what to do, and has a word for programs")
  func sentences() {
    let all: [PasswordWeakness] = [
      .tooShort(minimum: 12), .tooLong, .unprintable, .tooFewClasses(minimum: 3),
      .tooFewDistinct(minimum: 6), .containsAccount, .wellKnown, .repeated,
    ]
    #expect(Set(all.map(\.reason)).count == all.count)
    for weakness in all {
      #expect(weakness.chinese.hasSuffix("。") && weakness.chinese.contains("密码"))
      #expect(weakness.english.hasSuffix(".") && weakness.english.contains("password"))
    }
  }

  @Test("a password expires after ninety days, and the last five do not come back (AUTH-1)")
  func age() {
    let policy = PasswordPolicy.standard
    let day: Int64 = 86_400
    #expect(!policy.isExpired(setAt: 0, now: 90 * day))
    #expect(policy.isExpired(setAt: 0, now: 90 * day + 1))
    for (now, left) in [(0, 90), (day - 1, 90), (day, 89), (90 * day, 1), (90 * day + 1, 0)] {
      #expect(policy.daysLeft(setAt: 0, now: now) == left)
    }
    #expect(!policy.isExpired(setAt: .max, now: 0))
    let earlier = (1...6).map { ScramVerifier(password: "old \($0)", iterations: 4_096) }
    #expect(policy.isRepeated("old 1", earlier: earlier))
    #expect(policy.isRepeated("old 5", earlier: earlier))
    #expect(!policy.isRepeated("old 6", earlier: earlier))
    #expect(!policy.isRepeated("new", earlier: earlier))
  }

  @Test("the fifth failure locks for a minute, each further one twice as long, up to half an hour")
  func lockout() {
    var failures = SignInFailures()
    var now: Int64 = 1_000_000
    for _ in 1...4 {
      failures.recordFailure(now: now, policy: .fromOneAddress)
      #expect(!failures.isLocked(now: now))
    }
    for seconds in [60, 120, 240, 480, 960, 1_800, 1_800] as [Int64] {
      failures.recordFailure(now: now, policy: .fromOneAddress)
      #expect(failures.isLocked(now: now + seconds - 1))
      #expect(!failures.isLocked(now: now + seconds))
      // What comes during the lock does not prolong it.
      let before = failures
      failures.recordFailure(now: now + 1, policy: .fromOneAddress)
      #expect(failures == before)
      now += seconds
    }
  }

  @Test("a lock that a clock set which was ahead holds nobody up when it is right again")
  func clockAhead() {
    var failures = SignInFailures()
    let (now, ahead): (Int64, Int64) = (1_000_000, 32_000_000)
    for _ in 1...5 { failures.recordFailure(now: ahead, policy: .fromOneAddress) }
    #expect(failures.isLocked(now: ahead))
    #expect(!failures.isLocked(now: now))
    // And it is counted on, so that nobody guesses without end.
    failures.recordFailure(now: now, policy: .fromOneAddress)
    #expect(failures.isLocked(now: now + 119) && !failures.isLocked(now: now + 120))
  }

  @Test("failures are forgotten after a quiet day")
  func forgetting() {
    var failures = SignInFailures()
    for _ in 1...4 { failures.recordFailure(now: 0, policy: .fromOneAddress) }
    failures.recordFailure(now: 86_401, policy: .fromOneAddress)
    #expect(failures.count == 1)
    #expect(!failures.isLocked(now: 86_401))
  }

  @Test("a million failures overflow nothing")
  func manyFailures() {
    var failures = SignInFailures(count: .max, last: 0, lockedUntil: 0)
    failures.recordFailure(now: 1, policy: .fromOneAddress)
    #expect(failures.lockedUntil == 1_801)
  }
}
