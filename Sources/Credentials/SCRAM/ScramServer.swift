/// The node's side of a sign-in by SCRAM-SHA-256-PLUS (RFC 5802, 7677, 9266).
///
/// Bytes in, bytes out, no I/O: ``clientFirst(_:)`` gives the name to look up, which may take its
/// time; ``serverFirst(verifier:previous:decoyIterations:)`` gives the challenge, whether the
/// account exists or not; ``clientFinal(_:)`` gives the last message or says no. Nothing that a
/// client sends traps, and after a failure every further step fails.
public struct ScramServer: Sendable {
  private enum State {
    case start
    case named(bare: [UInt8], name: String, clientNonce: [UInt8])
    case challenged(Challenge)
    case authenticated
    case failed
  }

  private struct Challenge {
    var bare: [UInt8]
    var serverFirst: [UInt8]
    var nonce: [UInt8]
    var verifier: ScramVerifier
    var previous: ScramVerifier?
    var exists: Bool
  }

  /// The name that the client claims; proven only once ``isAuthenticated`` is true.
  public private(set) var name: String?
  /// The verifier that the proof was right with: the account's, or its previous one.
  public private(set) var proven: ScramVerifier?

  private let binding: ScramBinding
  private let decoySecret: [UInt8]
  private let serverNonce: [UInt8]
  private var state = State.start

  /// A sign-in on one channel.
  ///
  /// - Parameters:
  ///   - channelBinding: 32 bytes of `EXPORTER-Channel-Binding` of the TLS connection.
  ///   - decoySecret: A secret of the node, always the same, from which accounts that do not exist
  ///     get their salt: so they look the same each time, as real ones do.
  public init(channelBinding: [UInt8], decoySecret: [UInt8]) {
    self.init(
      binding: .tlsExporter(channelBinding), decoySecret: decoySecret,
      serverNonce: ScramMessage.newNonce())
  }

  init(binding: ScramBinding, decoySecret: [UInt8], serverNonce: [UInt8]) {
    self.binding = binding
    self.decoySecret = decoySecret
    self.serverNonce = serverNonce
  }

  /// Whether the client has proven that it knows the password, on this very channel.
  public var isAuthenticated: Bool {
    if case .authenticated = state { true } else { false }
  }

  /// Reads the client's first message.
  ///
  /// - Returns: The name to look up, as it was sent: accounts have it as ``AccountName/read(_:)``
  ///   gives it.
  public mutating func clientFirst(_ message: [UInt8]) throws(ScramFailure) -> String {
    guard case .start = state else { throw outOfOrder() }
    state = .failed
    guard message.count <= ScramMessage.longestBytes else {
      throw ScramFailure(.malformed, "a message of \(message.count) bytes; 1024 are the most")
    }
    guard message.starts(with: binding.header) else { throw refusedHeader(message) }
    let bare = message.dropFirst(binding.header.count)
    let attributes = try ScramMessage.attributes(bare)
    guard let name = AccountName.unescape(try ScramMessage.value(attributes, at: 0, "n")) else {
      throw ScramFailure(.invalidName, "a name that no account can have")
    }
    let nonce = try ScramMessage.value(attributes, at: 1, "r")
    guard ScramMessage.nonceBounds.contains(nonce.count), ScramMessage.isNonce(nonce) else {
      throw ScramFailure(.malformed, "a nonce needs 16 to 256 printable characters")
    }
    self.name = name
    state = .named(bare: Array(bare), name: name, clientNonce: Array(nonce))
    return name
  }

  private func refusedHeader(_ message: [UInt8]) -> ScramFailure {
    switch message.first {
    case UInt8(ascii: "n"), UInt8(ascii: "y"):
      ScramFailure(.bindingRequired, "this node signs in with channel binding tls-exporter only")
    case UInt8(ascii: "p"):
      ScramFailure(
        .bindingRequired, "channel binding tls-exporter without an authorisation name is needed")
    default: ScramFailure(.malformed, "a first message needs the header p=tls-exporter,,")
    }
  }

  /// Writes the challenge.
  ///
  /// - Parameters:
  ///   - verifier: What is stored for the name; nil where there is no such account, or it may not
  ///     sign in now. The client then goes through the same steps and is refused at the end.
  ///   - previous: A password that is still taken while it is being replaced. It counts only with
  ///     the salt and iterations of `verifier`; ``RotatingCredential`` sees to that.
  ///   - decoyIterations: What real accounts of this kind of name have.
  /// - Returns: The message; empty where no client's first message came before.
  public mutating func serverFirst(
    verifier: ScramVerifier?, previous: ScramVerifier? = nil,
    decoyIterations: Int = ScramVerifier.passwordIterations
  ) -> [UInt8] {
    guard case .named(let bare, let name, let clientNonce) = state else {
      state = .failed
      return []
    }
    // Made in either case, so that both take the same time.
    // One decoy for all spellings of a name, as real accounts have one salt.
    let decoy = decoy(for: AccountName.read(name) ?? name, iterations: decoyIterations)
    let chosen = verifier ?? decoy
    let nonce = clientNonce + serverNonce
    let message = ScramMessage.joined([
      ScramMessage.attribute("r", nonce),
      ScramMessage.attribute("s", Base64.encode(chosen.salt)),
      ScramMessage.attribute("i", "\(chosen.iterations)".utf8),
    ])
    let fits = previous?.salt == chosen.salt && previous?.iterations == chosen.iterations
    state = .challenged(
      Challenge(
        bare: bare, serverFirst: message, nonce: nonce, verifier: chosen,
        previous: fits ? previous : nil, exists: verifier != nil))
    return message
  }

  private func decoy(for name: String, iterations: Int) -> ScramVerifier {
    func derive(_ label: String) -> [UInt8] {
      SHA256Functions.hmac(key: decoySecret, Array("\(label):\(name)".utf8))
    }
    return ScramVerifier(
      salt: Array(derive("salt").prefix(ScramVerifier.saltBounds.lowerBound)),
      iterations: iterations, storedKey: derive("stored"), serverKey: derive("server"))
  }

  /// Reads the client's proof.
  ///
  /// - Returns: The last message, by which the client knows that this is the node it wants.
  public mutating func clientFinal(_ message: [UInt8]) throws(ScramFailure) -> [UInt8] {
    guard case .challenged(let challenge) = state else { throw outOfOrder() }
    state = .failed
    let attributes = try ScramMessage.attributes(message[...])
    let input = try ScramMessage.value(attributes, at: 0, "c")
    let nonce = try ScramMessage.value(attributes, at: 1, "r")
    let last = attributes.count - 1
    guard last >= 2, attributes.filter({ $0.name == UInt8(ascii: "p") }).count == 1,
      let proof = Base64.decode(try ScramMessage.value(attributes, at: last, "p")),
      proof.count == SHA256Functions.digestBytes
    else { throw ScramFailure(.malformed, "a final message needs its proof at the end") }
    guard SHA256Functions.areEqual(Array(input), binding.input) else {
      throw ScramFailure(
        .bindingMismatch, "the client is bound to another channel; somebody may be between")
    }
    guard SHA256Functions.areEqual(Array(nonce), challenge.nonce) else {
      throw ScramFailure(.malformed, "the nonce is not the one of this sign-in")
    }
    let withoutProof = Array(message.dropLast(attributes[last].value.count + ",p=".utf8.count))
    let signed = ScramMessage.joined([challenge.bare, challenge.serverFirst, withoutProof])
    let candidates = [challenge.verifier] + (challenge.previous.map { [$0] } ?? [])
    for verifier in candidates {
      let signature = SHA256Functions.hmac(key: verifier.storedKey, signed)
      let clientKey = SHA256Functions.exclusiveOr(proof, signature)
      let isRight = SHA256Functions.areEqual(
        SHA256Functions.digest(clientKey), verifier.storedKey)
      guard isRight, challenge.exists else { continue }
      proven = verifier
      state = .authenticated
      let own = SHA256Functions.hmac(key: verifier.serverKey, signed)
      return ScramMessage.attribute("v", Base64.encode(own))
    }
    throw .notAuthenticated
  }

  private mutating func outOfOrder() -> ScramFailure {
    state = .failed
    return ScramFailure(.outOfOrder, "this step of the sign-in is not the next one")
  }
}
