import Testing

@testable import Credentials

@Suite("What is stored of a password")
struct ScramVerifierTests {
  static let stored =
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
    + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

  @Test("is the form that PostgreSQL and RFC 5803 know, and reads back")
  func text() throws {
    let salt = try #require(Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==".utf8))
    let verifier = ScramVerifier(password: "pencil", salt: salt, iterations: 4_096)
    #expect(verifier.text == Self.stored)
    #expect(ScramVerifier(text: Self.stored) == verifier)
    #expect(verifier.matches(password: "pencil"))
    #expect(!verifier.matches(password: "Pencil"))
  }

  @Test(
    "anything else is no verifier",
    arguments: [
      "", "SCRAM-SHA-256", "SCRAM-SHA-1$4096:a$b:c",
      stored.replacing("4096", with: "4095"), stored.replacing("4096", with: "04096"),
      stored.replacing("4096", with: "-1"), stored.replacing("4096", with: "99999999999999999999"),
      stored.replacing("W22Z", with: ""), stored.replacing("WG5d", with: ""),
      stored.replacing("==$", with: "$"), stored.replacing("qY=", with: "qZ="), stored + "$",
      stored + "\n", stored.replacing("wfPL", with: "wf L"),
    ])
  func malformed(text: String) {
    #expect(ScramVerifier(text: text) == nil)
  }

  @Test("has a salt of its own each time, and 600,000 iterations unless told otherwise")
  func defaults() {
    let (one, two) = (ScramVerifier(password: "x"), ScramVerifier(password: "x", iterations: 1))
    #expect(one.iterations == 600_000)
    #expect(two.iterations == 4_096)
    #expect(one.salt.count == 16)
    #expect(one.salt != two.salt)
  }

  @Test("never shows its keys in a log")
  func hidden() {
    let session = SessionCredential.make()
    for text in ["\(session)", "\(session.verifier)", "\(SignInTests.kept)"] {
      #expect(text.contains("hidden"))
      #expect(!text.contains(session.secret))
    }
  }

  @Test("Base64 has one form for each value", arguments: 0..<70)
  func base64(count: Int) throws {
    let bytes = RandomBytes.make(count)
    let text = Base64.encode(bytes)
    #expect(Base64.decode(text) == bytes)
    if count % 3 != 0 { #expect(Base64.decode(text.dropLast()) == nil) }
    #expect(Base64.decode(text + [UInt8(ascii: "=")]) == nil)
    #expect(Base64.decode(text + Array("====".utf8)) == nil)
  }
}
