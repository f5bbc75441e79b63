import Testing

@testable import Credentials

@Suite("SCRAM-SHA-256 against RFC 7677 section 3")
struct ScramVectorTests {
  static let clientNonce = Array("rOprNGfwEbeRWgbNEkqO".utf8)
  static let serverNonce = Array("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0".utf8)
  static let clientFirst = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
  static let serverFirst =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
  static let clientFinal =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
  static let serverFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

  @Test("the client writes the RFC's messages and accepts the RFC's server")
  func client() throws {
    var client = try ScramClient(
      name: "user", password: "pencil", binding: .none, cached: nil, nonce: Self.clientNonce)
    #expect(client.clientFirst() == Array(Self.clientFirst.utf8))
    #expect(
      try client.clientFinal(serverFirst: Array(Self.serverFirst.utf8))
        == Array(Self.clientFinal.utf8))
    try client.finish(serverFinal: Array(Self.serverFinal.utf8))
    #expect(client.isAuthenticated)
  }

  @Test("the server writes the RFC's messages and accepts the RFC's client")
  func server() throws {
    let salt = try #require(Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==".utf8))
    let verifier = ScramVerifier(password: "pencil", salt: salt, iterations: 4096)
    var server = ScramServer(binding: .none, decoySecret: [1], serverNonce: Self.serverNonce)
    #expect(try server.clientFirst(Array(Self.clientFirst.utf8)) == "user")
    #expect(server.serverFirst(verifier: verifier) == Array(Self.serverFirst.utf8))
    #expect(try server.clientFinal(Array(Self.clientFinal.utf8)) == Array(Self.serverFinal.utf8))
    #expect(server.isAuthenticated)
  }
}
