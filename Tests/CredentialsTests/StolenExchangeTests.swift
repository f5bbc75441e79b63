import Testing

@testable import Credentials

@Suite("What somebody can do with a sign-in that was overheard, or a verifier that was copied")
struct StolenExchangeTests {
  private static let channel = [UInt8](repeating: 0xc4, count: 32)
  private static let verifier = ScramVerifier(
    password: "correct horse 电池 staple", iterations: ScramVerifier.secretIterations)

  private func server() -> ScramServer {
    ScramServer(channelBinding: Self.channel, decoySecret: [1, 2, 3])
  }

  /// The client's two messages of a sign-in that succeeds.
  private func overheard() throws -> (first: [UInt8], final: [UInt8]) {
    var server = server()
    var client = try ScramClient(
      name: "zhang", password: "correct horse 电池 staple", channelBinding: Self.channel)
    let first = client.clientFirst()
    _ = try server.clientFirst(first)
    let final = try client.clientFinal(serverFirst: server.serverFirst(verifier: Self.verifier))
    _ = try server.clientFinal(final)
    try #require(server.isAuthenticated)
    return (first, final)
  }

  @Test("Replayed on a channel with the same binding, it opens nothing: each server has its nonce")
  func replay() throws {
    let (first, final) = try overheard()
    var server = server()
    _ = try server.clientFirst(first)
    _ = server.serverFirst(verifier: Self.verifier)
    #expect(throws: ScramFailure.self) { try server.clientFinal(final) }
    #expect(!server.isAuthenticated && server.proven == nil)
  }

  @Test("The nonce of another sign-in in place of the one that was replayed opens nothing either")
  func renamedNonce() throws {
    let (first, final) = try overheard()
    var server = server()
    _ = try server.clientFirst(first)
    let challenge = server.serverFirst(verifier: Self.verifier)
    let fresh = try ScramMessage.value(
      ScramMessage.attributes(challenge[...]), at: 0, "r")
    let old = try ScramMessage.attributes(final[...])
    let forged = ScramMessage.joined(
      try ["c", "r", "p"].enumerated().map { index, name in
        let value = try ScramMessage.value(old, at: index, Unicode.Scalar(name) ?? "-")
        return ScramMessage.attribute(Unicode.Scalar(name) ?? "-", name == "r" ? fresh : value)
      })
    #expect(throws: ScramFailure.self) { try server.clientFinal(forged) }
    #expect(!server.isAuthenticated)
  }

  @Test("Both keys of a verifier do not sign in: the password still has to be guessed")
  func stolenVerifier() throws {
    for key in [Self.verifier.storedKey, Self.verifier.serverKey] {
      var server = server()
      let bare = Array("n=zhang,r=0123456789abcdefgh".utf8)
      let header = Array("p=tls-exporter,,".utf8)
      _ = try server.clientFirst(header + bare)
      let challenge = server.serverFirst(verifier: Self.verifier)
      let nonce = try ScramMessage.value(
        ScramMessage.attributes(challenge[...]), at: 0, "r")
      let unsigned = ScramMessage.joined([
        ScramMessage.attribute("c", Base64.encode(header + Self.channel)),
        ScramMessage.attribute("r", nonce),
      ])
      let signature = SHA256Functions.hmac(
        key: Self.verifier.storedKey, ScramMessage.joined([bare, challenge, unsigned]))
      let proof = SHA256Functions.exclusiveOr(key, signature)
      let final = ScramMessage.joined([
        unsigned, ScramMessage.attribute("p", Base64.encode(proof)),
      ])
      #expect(throws: ScramFailure.notAuthenticated) { try server.clientFinal(final) }
      #expect(!server.isAuthenticated)
    }
  }
}
