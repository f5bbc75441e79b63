internal import ExchangeRules

/// What a password must be (GB/T 22239, AUTH-1; S8.1).
///
/// Checked where the password is chosen, on the side where it is typed: a node never sees one.
public struct PasswordPolicy: Sendable, Hashable {
  /// The shortest password, in characters.
  ///
  /// Bounds: 8 to 64. With ``minimumClasses`` it keeps guessing at 600,000 iterations each out of
  /// reach.
  public var minimumCharacters: Int
  /// How many of the four classes it needs: capital letters, small letters, digits, all others (of
  /// which Chinese characters are).
  ///
  /// Bounds: 1 to 4.
  public var minimumClasses: Int
  /// How many different characters it needs: `aaaaaaaaaaA1` is no password.
  public var minimumDistinctCharacters: Int
  /// After how many days it must be changed.
  ///
  /// Bounds: 1 to 365.
  public var maximumAgeDays: Int
  /// How many earlier passwords may not come back.
  public var rememberedPasswords: Int

  /// The settings that hold where nobody sets others.
  public static let standard = PasswordPolicy(
    minimumCharacters: 12, minimumClasses: 3, minimumDistinctCharacters: 6, maximumAgeDays: 90,
    rememberedPasswords: 5)

  /// A policy of its parts; what is out of bounds is brought in.
  public init(
    minimumCharacters: Int, minimumClasses: Int, minimumDistinctCharacters: Int,
    maximumAgeDays: Int, rememberedPasswords: Int
  ) {
    self.minimumCharacters = min(max(minimumCharacters, 8), 64)
    self.minimumClasses = min(max(minimumClasses, 1), 4)
    self.minimumDistinctCharacters = min(max(minimumDistinctCharacters, 1), 32)
    self.maximumAgeDays = min(max(maximumAgeDays, 1), 365)
    self.rememberedPasswords = min(max(rememberedPasswords, 0), 24)
  }

  /// All that is wrong with a password; empty where it will do.
  ///
  /// It is judged as ``ExchangeRules/WrittenPassword`` reads it.
  public func weaknesses(of written: String, account: String) -> [PasswordWeakness] {
    var found: [PasswordWeakness] = []
    let reading = try? WrittenPassword.read(written)
    let password = reading?.value ?? written
    if password.count < minimumCharacters { found.append(.tooShort(minimum: minimumCharacters)) }
    if password.utf8.count > PasswordWeakness.longestBytes { found.append(.tooLong) }
    if reading == nil, !written.isEmpty { found.append(.unprintable) }
    if classes(of: password) < minimumClasses {
      found.append(.tooFewClasses(minimum: minimumClasses))
    }
    if Set(password).count < minimumDistinctCharacters {
      found.append(.tooFewDistinct(minimum: minimumDistinctCharacters))
    }
    let plain = password.lowercased()
    let name = AccountName.read(account) ?? account.lowercased()
    if name.count >= 3, plain.contains(name) { found.append(.containsAccount) }
    if PasswordPolicy.wellKnown.contains(where: { plain.contains($0) }) { found.append(.wellKnown) }
    return found
  }

  /// Whether a password that was set at a time must be changed now; both in seconds since 1970.
  public func isExpired(setAt: Int64, now: Int64) -> Bool {
    now - min(max(0, setAt), now) > Int64(maximumAgeDays) * 86_400
  }

  /// Days before its end from which a password's owner is told.
  public static let warningDays: Int64 = 14

  /// How many days a password that was set at a time has left; 0: it must be changed now.
  ///
  /// Times are in seconds since 1970.
  public func daysLeft(setAt: Int64, now: Int64) -> Int64 {
    if isExpired(setAt: setAt, now: now) { return 0 }
    return max(1, Int64(maximumAgeDays) - (now - min(max(0, setAt), now)) / 86_400)
  }

  /// Whether a password is one of the earlier ones, newest first.
  ///
  /// Each comparison takes as long as a sign-in.
  public func isRepeated(_ password: String, earlier: [ScramVerifier]) -> Bool {
    earlier.prefix(rememberedPasswords).contains { $0.matches(password: password) }
  }

  private func classes(of password: String) -> Int {
    var classes: Set<Int> = []
    for character in password {
      switch character {
      case "A"..."Z" where character.isASCII: classes.insert(0)
      case "a"..."z" where character.isASCII: classes.insert(1)
      case "0"..."9" where character.isASCII: classes.insert(2)
      default: classes.insert(3)
      }
    }
    return classes.count
  }

  /// What guessing starts with; a password that contains one of them gains nothing by it.
  private static let wellKnown: [String] = [
    "password", "passw0rd", "p@ssw0rd", "p@ssword", "123456", "654321", "111111", "000000",
    "666666", "888888", "112233", "abc123", "123abc", "qwerty", "asdfgh", "zxcvbn", "1q2w3e",
    "1qaz2wsx", "iloveyou", "woaini", "5201314", "1314520", "admin", "root123", "letmein",
    "welcome", "xiecha", "mima", "changeme", "default", "jihuashengyu", "renkou",
  ]

  /// A random password of 256 bits that the policy allows.
  public func random() -> String {
    var password = RandomSecret.make()
    // One in some ten thousand contains a word that guessing starts with.
    while !weaknesses(of: password, account: "").isEmpty { password = RandomSecret.make() }
    return password
  }
}
