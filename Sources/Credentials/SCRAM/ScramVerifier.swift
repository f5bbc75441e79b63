/// What a node stores of a password: enough to check it, not enough to sign in with it.
///
/// RFC 5802 section 3. Whoever steals it has to guess the password at the cost of `iterations`
/// for each guess.
public struct ScramVerifier: Sendable, Hashable {
  /// For passwords that people choose: OWASP's figure for PBKDF2-HMAC-SHA-256 (2023), some 0.15 s
  /// on a client's core at sign-in.
  ///
  /// The server pays none of it.
  public static let passwordIterations = 600_000
  /// For secrets of 256 random bits, which no guessing finds: the least that RFC 7677 allows.
  public static let secretIterations = 4_096
  /// What is taken from storage and from a server: the least that RFC 7677 allows, up to some
  /// seconds of a client's core.
  public static let iterationBounds = 4_096...10_000_000
  /// Sizes of a salt, in bytes.
  public static let saltBounds = 16...64

  /// Random, public.
  public let salt: [UInt8]
  /// How often the password is hashed.
  public let iterations: Int
  /// H(HMAC(salted password, "Client Key")).
  public let storedKey: [UInt8]
  /// HMAC(salted password, "Server Key").
  public let serverKey: [UInt8]

  /// The verifier of a password.
  ///
  /// Takes as long as a sign-in of a client: not for an event loop.
  ///
  /// - Parameters:
  ///   - password: As it was typed; spellings of one password (RFC 8265) have one verifier.
  ///   - salt: 16 to 64 random bytes; made anew where it is nil.
  ///   - iterations: See ``passwordIterations`` and ``secretIterations``; clamped to the bounds.
  public init(
    password: String, salt: [UInt8]? = nil, iterations: Int = passwordIterations
  ) {
    let salt = salt ?? RandomBytes.make(ScramVerifier.saltBounds.lowerBound)
    let bounds = ScramVerifier.iterationBounds
    self.init(
      SaltedPassword(
        password: password, salt: salt,
        iterations: min(max(iterations, bounds.lowerBound), bounds.upperBound)))
  }

  init(_ salted: SaltedPassword) {
    salt = salted.salt
    iterations = salted.iterations
    storedKey = SHA256Functions.digest(salted.clientKey)
    serverKey = salted.serverKey
  }

  init(salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
    self.salt = salt
    self.iterations = iterations
    self.storedKey = storedKey
    self.serverKey = serverKey
  }

  /// Whether this is the verifier of a password.
  ///
  /// Takes as long as making one.
  public func matches(password: String) -> Bool {
    let other = ScramVerifier(
      SaltedPassword(password: password, salt: salt, iterations: iterations))
    return SHA256Functions.areEqual(other.storedKey, storedKey)
  }

  /// As it is stored (RFC 5803's fields): `SCRAM-SHA-256$600000:salt$storedKey:serverKey`, the
  /// bytes in Base64.
  public var text: String {
    func base64(_ bytes: [UInt8]) -> String {
      String(decoding: Base64.encode(bytes), as: UTF8.self)
    }
    return "SCRAM-SHA-256$\(iterations):\(base64(salt))$\(base64(storedKey)):\(base64(serverKey))"
  }

  /// Reads what ``text`` wrote; nil for anything else.
  public init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "SCRAM-SHA-256" else { return nil }
    let cost = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    let keys = parts[2].split(separator: ":", omittingEmptySubsequences: false)
    guard cost.count == 2, keys.count == 2, let iterations = Int(cost[0]),
      ScramVerifier.iterationBounds.contains(iterations), cost[0] == "\(iterations)",
      let salt = Base64.decode(cost[1].utf8), ScramVerifier.saltBounds.contains(salt.count),
      let stored = Base64.decode(keys[0].utf8), stored.count == SHA256Functions.digestBytes,
      let server = Base64.decode(keys[1].utf8), server.count == SHA256Functions.digestBytes
    else { return nil }
    self.init(salt: salt, iterations: iterations, storedKey: stored, serverKey: server)
  }
}

extension ScramVerifier: CustomStringConvertible {
  /// Names the cost and hides the keys, so that no log can leak them.
  public var description: String { "ScramVerifier(iterations: \(iterations), keys hidden)" }
}
