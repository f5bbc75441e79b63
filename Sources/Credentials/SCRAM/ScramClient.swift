internal import ExchangeRules

/// The operator's or the lower node's side of a sign-in by SCRAM-SHA-256-PLUS.
///
/// The password never leaves this side. ``finish(serverFinal:)`` proves that the other side knows
/// the account too: until then nothing it says is to be believed.
public struct ScramClient: Sendable {
  private enum State {
    case start
    case named
    case proven(serverSignature: [UInt8])
    case authenticated
    case failed
  }

  private let password: String?
  private let binding: ScramBinding
  private let bare: [UInt8]
  private let nonce: [UInt8]
  private var state = State.start

  /// The derived key, for the next sign-in: from ``clientFinal(serverFirst:)`` on, and worth
  /// keeping once ``isAuthenticated`` is true.
  public private(set) var saltedPassword: SaltedPassword?

  /// A sign-in on one channel.
  ///
  /// - `name`: The account's or session's name.
  /// - `password`: The password or secret; nil where `cached` must do.
  /// - `channelBinding`: 32 bytes of `EXPORTER-Channel-Binding` of the TLS connection.
  /// - `cached`: The key that an earlier sign-in derived; used where salt and iterations are still
  ///   the same.
  public init(
    name: String, password: String?, channelBinding: [UInt8], cached: SaltedPassword? = nil
  ) throws(ScramFailure) {
    try self.init(
      name: name, password: password, binding: .tlsExporter(channelBinding), cached: cached,
      nonce: ScramMessage.newNonce())
  }

  init(
    name: String, password: String?, binding: ScramBinding, cached: SaltedPassword?, nonce: [UInt8]
  ) throws(ScramFailure) {
    guard AccountName.isValid(name), let name = try? WrittenAccountName.prepare(name).value else {
      throw ScramFailure(
        .invalidName, "a name has 1 to 64 bytes: letters and digits of any script, signs of ASCII")
    }
    self.password = password
    self.binding = binding
    self.nonce = nonce
    saltedPassword = cached
    bare = ScramMessage.joined([
      ScramMessage.attribute("n", AccountName.escape(name)), ScramMessage.attribute("r", nonce),
    ])
  }

  /// Whether both sides have proven that they know the account.
  public var isAuthenticated: Bool {
    if case .authenticated = state { true } else { false }
  }

  /// Writes the first message.
  public mutating func clientFirst() -> [UInt8] {
    if case .start = state { state = .named }
    return binding.header + bare
  }

  /// Reads the challenge and writes the proof.
  ///
  /// Derives the key where none is cached: 0.15 s for 600,000 iterations, so not on an event loop.
  public mutating func clientFinal(serverFirst: [UInt8]) throws(ScramFailure) -> [UInt8] {
    guard case .named = state else { throw outOfOrder() }
    state = .failed
    let attributes = try ScramMessage.attributes(serverFirst[...])
    let nonce = try ScramMessage.value(attributes, at: 0, "r")
    guard nonce.starts(with: self.nonce), ScramMessage.isNonce(nonce),
      ScramMessage.nonceBounds.contains(nonce.count - self.nonce.count)
    else { throw ScramFailure(.malformed, "the server's nonce does not continue this side's") }
    guard let salt = Base64.decode(try ScramMessage.value(attributes, at: 1, "s")),
      ScramVerifier.saltBounds.contains(salt.count)
    else { throw ScramFailure(.malformed, "a salt needs 16 to 64 bytes in Base64") }
    let digits = String(decoding: try ScramMessage.value(attributes, at: 2, "i"), as: UTF8.self)
    guard let iterations = Int(digits), "\(iterations)" == digits else {
      throw ScramFailure(.malformed, "the iterations are not a number")
    }
    guard ScramVerifier.iterationBounds.contains(iterations) else {
      throw ScramFailure(
        .iterationsOutOfBounds, "\(iterations) iterations; 4096 to 10000000 are taken")
    }
    let salted = try salted(salt: salt, iterations: iterations)
    saltedPassword = salted
    let withoutProof = ScramMessage.joined([
      ScramMessage.attribute("c", binding.input), ScramMessage.attribute("r", nonce),
    ])
    let signed = ScramMessage.joined([bare, serverFirst, withoutProof])
    let clientKey = salted.clientKey
    let signature = SHA256Functions.hmac(key: SHA256Functions.digest(clientKey), signed)
    let proof = SHA256Functions.exclusiveOr(clientKey, signature)
    state = .proven(
      serverSignature: SHA256Functions.hmac(key: salted.serverKey, signed))
    return ScramMessage.joined([withoutProof, ScramMessage.attribute("p", Base64.encode(proof))])
  }

  private func salted(salt: [UInt8], iterations: Int) throws(ScramFailure) -> SaltedPassword {
    if let saltedPassword, saltedPassword.salt == salt, saltedPassword.iterations == iterations {
      return saltedPassword
    }
    guard let password else {
      throw ScramFailure(
        .passwordNeeded, "the account's password has changed since; enter it again")
    }
    return SaltedPassword(password: password, salt: salt, iterations: iterations)
  }

  /// Reads the server's proof.
  public mutating func finish(serverFinal: [UInt8]) throws(ScramFailure) {
    guard case .proven(let expected) = state else { throw outOfOrder() }
    state = .failed
    let attributes = try ScramMessage.attributes(serverFinal[...])
    if attributes.first?.name == UInt8(ascii: "e") { throw .notAuthenticated }
    guard let signature = Base64.decode(try ScramMessage.value(attributes, at: 0, "v")),
      SHA256Functions.areEqual(signature, expected)
    else {
      throw ScramFailure(
        .serverNotAuthenticated, "the node does not know this account: it may not be the right one")
    }
    state = .authenticated
  }

  private mutating func outOfOrder() -> ScramFailure {
    state = .failed
    return ScramFailure(.outOfOrder, "this step of the sign-in is not the next one")
  }
}
