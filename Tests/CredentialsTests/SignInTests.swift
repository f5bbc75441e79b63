import TestSupport
import Testing

@testable import Credentials

@Suite("Signing in by SCRAM-SHA-256-PLUS")
struct SignInTests {
  static let channel = [UInt8](repeating: 0xc4, count: 32)
  static let decoySecret = Array("a secret of this node".utf8)
  static let password = "correct horse 电池 staple"
  static let verifier = ScramVerifier(password: password, iterations: 4_096)

  struct Ending: Equatable {
    var client: ScramFailure.Kind?
    var server: ScramFailure.Kind?
  }

  /// One whole sign-in; `alter` may change each message on its way, by its step from 1 to 4.
  func signIn(
    name: String = "reporter.350425", password: String? = password,
    verifier: ScramVerifier? = verifier, previous: ScramVerifier? = nil,
    clientChannel: [UInt8] = channel, cached: SaltedPassword? = nil,
    alter: (Int, [UInt8]) -> [UInt8] = { $1 }
  ) -> (ending: Ending, messages: [[UInt8]], client: ScramClient?, server: ScramServer) {
    var server = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
    var messages: [[UInt8]] = []
    var ending = Ending()
    func carry(_ message: [UInt8]) -> [UInt8] {
      messages.append(message)
      return alter(messages.count, message)
    }
    var client: ScramClient
    do throws(ScramFailure) {
      client = try ScramClient(
        name: name, password: password, channelBinding: clientChannel, cached: cached)
    } catch {
      return (Ending(client: error.kind), [], nil, server)
    }
    do throws(ScramFailure) {
      _ = try server.clientFirst(carry(client.clientFirst()))
    } catch {
      return (Ending(server: error.kind), messages, client, server)
    }
    let challenge = carry(server.serverFirst(verifier: verifier, previous: previous))
    let proof: [UInt8]
    do throws(ScramFailure) {
      proof = carry(try client.clientFinal(serverFirst: challenge))
    } catch {
      return (Ending(client: error.kind), messages, client, server)
    }
    do throws(ScramFailure) {
      let last = carry(try server.clientFinal(proof))
      do throws(ScramFailure) { try client.finish(serverFinal: last) } catch {
        ending.client = error.kind
      }
    } catch {
      ending.server = error.kind
    }
    return (ending, messages, client, server)
  }

  @Test("succeeds with the right password on the same channel, and proves both sides")
  func success() {
    let result = signIn()
    #expect(result.ending == Ending())
    #expect(result.client?.isAuthenticated == true)
    #expect(result.server.isAuthenticated)
    #expect(result.server.name == "reporter.350425")
    #expect(result.server.proven == Self.verifier)
    #expect(result.messages.count == 4)
  }

  @Test("sends the password in no message, nor anything that is the same twice")
  func secrecy() {
    let (one, two) = (signIn().messages, signIn().messages)
    for message in one { #expect(!message.contains(Array(Self.password.utf8))) }
    for (first, second) in zip(one, two) { #expect(first != second) }
  }

  @Test(
    "names keep commas and equals signs; what is no name is refused before anything is sent",
    arguments: [
      ("a,b=c", true), ("=2C", true), ("张三", true), ("x", true),
      (String(repeating: "n", count: 64), true), ("", false), ("a b", false), ("a\u{0}", false),
      ("a\n", false), ("\u{202e}abc", false), (String(repeating: "n", count: 65), false),
    ])
  func names(name: String, isValid: Bool) {
    let result = signIn(name: name)
    #expect(result.ending == (isValid ? Ending() : Ending(client: .invalidName)))
    #expect(result.server.name == (isValid ? name : nil))
  }

  @Test("a wrong password is refused; the client learns no more than that")
  func wrongPassword() {
    let result = signIn(password: "another")
    #expect(result.ending == Ending(server: .notAuthenticated))
    #expect(!result.server.isAuthenticated)
  }

  @Test("an account that does not exist looks like one with another password (issue: bad input)")
  func unknownAccount() throws {
    let unknown = signIn(verifier: nil)
    let stored = ScramVerifier(
      password: "x", salt: RandomBytes.make(16), iterations: ScramVerifier.passwordIterations)
    let known = signIn(password: "wrong", verifier: stored)
    #expect(unknown.ending == known.ending)
    #expect(unknown.ending == Ending(server: .notAuthenticated))
    #expect(unknown.messages.map(\.count) == known.messages.map(\.count))
    // The same salt at each attempt, as a real account has, and another one for another name.
    func salt(_ name: String) throws -> ArraySlice<UInt8> {
      var server = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
      _ = try server.clientFirst(Array("p=tls-exporter,,n=\(name),r=0123456789abcdefgh".utf8))
      let attributes = try ScramMessage.attributes(server.serverFirst(verifier: nil)[...])
      return try ScramMessage.value(attributes, at: 1, "s")
    }
    #expect(try salt("nobody") == salt("nobody"))
    #expect(try salt("nobody") != salt("someone"))
    #expect(try salt("nobody").count == 24)
  }

  @Test("a client on another channel is refused: somebody is between (RFC 9266)")
  func otherChannel() {
    let result = signIn(clientChannel: [UInt8](repeating: 0xc5, count: 32))
    #expect(result.ending == Ending(server: .bindingMismatch))
  }

  @Test(
    "a client that gives up the binding is refused (downgrade)",
    arguments: [
      "n,,n=user,r=0123456789abcdefgh", "y,,n=user,r=0123456789abcdefgh",
      "p=tls-unique,,n=user,r=0123456789abcdefgh",
      "p=tls-server-end-point,,n=user,r=0123456789abcdefgh",
      "p=tls-exporter,a=other,n=user,r=0123456789abcdefgh",
    ])
  func downgrade(message: String) {
    var server = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
    let failure = #expect(throws: ScramFailure.self) {
      _ = try server.clientFirst(Array(message.utf8))
    }
    #expect(failure?.kind == .bindingRequired)
  }

  @Test(
    "a first message that breaks the form is refused",
    arguments: [
      "", "p", "p=tls-exporter", "p=tls-exporter,,", "p=tls-exporter,,n=user",
      "p=tls-exporter,,r=0123456789abcdefgh,n=user", "p=tls-exporter,,n=user,r=short",
      "p=tls-exporter,,n=,r=0123456789abcdefgh", "p=tls-exporter,,n=a=b,r=0123456789abcdefgh",
      "p=tls-exporter,,m=ext,n=user,r=0123456789abcdefgh",
      "p=tls-exporter,,n=us\u{1},r=0123456789abcdefgh",
      "p=tls-exporter,,n=user,r=0123456789 abcdefgh",
      "p=tls-exporter,,n=user,r=0123456789abcdefgh,",
      "p=tls-exporter,,n=user,r=0123456789abcdefgh,x", "GET / HTTP/1.1",
      "p=tls-exporter,,n=\(String(repeating: "x", count: 1_100)),r=0123456789abcdefgh",
    ])
  func malformedFirst(message: String) {
    var server = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
    let failure = #expect(throws: ScramFailure.self) {
      _ = try server.clientFirst(Array(message.utf8))
    }
    #expect([.malformed, .invalidName, .bindingRequired].contains(failure?.kind))
    #expect(server.serverFirst(verifier: Self.verifier).isEmpty)
  }

  @Test("each message may come once, in its turn; afterwards nothing works any more")
  func outOfOrder() throws {
    var server = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
    #expect(server.serverFirst(verifier: Self.verifier).isEmpty)
    #expect(throws: ScramFailure.self) { _ = try server.clientFirst([]) }
    var other = ScramServer(channelBinding: Self.channel, decoySecret: Self.decoySecret)
    let failure = #expect(throws: ScramFailure.self) { _ = try other.clientFinal([]) }
    #expect(failure?.kind == .outOfOrder)
    var client = try ScramClient(name: "user", password: "x", channelBinding: Self.channel)
    #expect(throws: ScramFailure.self) { _ = try client.clientFinal(serverFirst: []) }
    #expect(throws: ScramFailure.self) { try client.finish(serverFinal: []) }
    // A right proof a second time is no sign-in.
    var (_, messages, _, done) = signIn()
    #expect(throws: ScramFailure.self) { _ = try done.clientFinal(messages.removeLast()) }
    #expect(!done.isAuthenticated)
  }

  @Test("a server that does not know the account is found out")
  func falseServer() {
    let forged = signIn(alter: { step, message in
      step == 4 ? ScramMessage.attribute("v", Base64.encode(RandomBytes.make(32))) : message
    })
    #expect(forged.ending == Ending(client: .serverNotAuthenticated))
    #expect(forged.client?.isAuthenticated == false)
    let refusing = signIn(alter: { $0 == 4 ? Array("e=other-error".utf8) : $1 })
    #expect(refusing.ending == Ending(client: .notAuthenticated))
  }

  @Test(
    "a server that asks for too few or too many iterations is refused",
    arguments: [0, 1, 4_095, 10_000_001, Int.max])
  func iterations(iterations: Int) throws {
    var client = try ScramClient(
      name: "user", password: "x", binding: .tlsExporter(Self.channel), cached: nil,
      nonce: Array("0123456789abcdefgh".utf8))
    _ = client.clientFirst()
    let message =
      "r=0123456789abcdefgh0123456789abcdefgh,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=\(iterations)"
    let failure = #expect(throws: ScramFailure.self) {
      _ = try client.clientFinal(serverFirst: Array(message.utf8))
    }
    #expect(failure?.kind == .iterationsOutOfBounds)
  }

  @Test("a kept key signs in without the password, until the password changes")
  func cached() {
    let first = signIn()
    let kept = first.client?.saltedPassword
    #expect(kept != nil)
    #expect(signIn(password: nil, cached: kept).ending == Ending())
    let changed = ScramVerifier(password: "new", iterations: 4_096)
    #expect(
      signIn(password: nil, verifier: changed, cached: kept).ending
        == Ending(client: .passwordNeeded))
    #expect(signIn(password: "new", verifier: changed, cached: kept).ending == Ending())
  }

  @Test("during a rotation both passwords sign in; after it the new one alone")
  func rotation() {
    var credential = RotatingCredential(current: Self.verifier)
    credential.rotate(to: "next", now: 1_000, overlapSeconds: 3_600)
    for (now, password, expected) in [
      (4_599, "next", Ending()), (4_599, Self.password, Ending()),
      (4_600, "next", Ending()), (4_600, Self.password, Ending(server: .notAuthenticated)),
    ] {
      let result = signIn(
        password: password, verifier: credential.current,
        previous: credential.previous(at: Int64(now)))
      #expect(result.ending == expected, "\(password) at \(now)")
      let proven = password == "next" ? credential.current : Self.verifier
      #expect(result.server.proven == (expected == Ending() ? proven : nil))
    }
    credential.rotate(to: "last", now: 5_000, overlapSeconds: 0, iterations: 4_096)
    #expect(credential.previous(at: 5_000) == nil)
    #expect(credential.current.salt != Self.verifier.salt)
  }

  @Test(
    "one password from every keyboard, one name in every width and case (RFC 8265, fault 22)",
    arguments: [
      ("cafe\u{301} 电池 staple", "caf\u{E9} 电池 staple", true),
      ("口令\u{3000}Ab7", "口令 Ab7", true), ("Ａb7", "Ab7", false), ("ab7", "Ab7", false),
    ])
  func spellings(set: String, typed: String, isSame: Bool) {
    let verifier = ScramVerifier(password: set, iterations: 4_096)
    let result = signIn(name: "ＡＤＭＩＮ", password: typed, verifier: verifier)
    #expect((result.ending == Ending()) == isSame)
    #expect(result.server.name.flatMap(AccountName.read) == "admin")
    #expect(verifier.matches(password: typed) == isSame)
  }

  @Test("a session's secret signs in like a password, at its own cost")
  func session() {
    let session = SessionCredential.make()
    #expect(SessionCredential.isSessionName(session.name))
    #expect(AccountName.isValid(session.name))
    #expect(session.name.utf8.count <= 64 && session.secret.utf8.count == 44)
    #expect(session.verifier.iterations == 4_096)
    let result = signIn(
      name: session.name, password: session.secret, verifier: session.verifier)
    #expect(result.ending == Ending())
    #expect(SessionCredential.make().secret != session.secret)
  }

  @Test("any message altered, cut or replaced at any step ends without a sign-in, and never traps")
  func hostileMessages() {
    // The verifier's cost is small so that many rounds fit.
    for seed in 1...2_000 as ClosedRange<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      let target = Int.random(in: 1...4, using: &numbers)
      let way = Int.random(in: 0..<5, using: &numbers)
      var changed = false
      let cached = Self.kept
      let result = signIn(
        cached: cached,
        alter: { step, message in
          guard step == target, !message.isEmpty else { return message }
          var bytes = message
          let place = Int.random(in: 0..<bytes.count, using: &numbers)
          switch way {
          case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
          case 1: bytes = Array(bytes.prefix(place))
          case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &numbers), at: place)
          case 3:
            bytes = (0..<place * 8).map { _ in UInt8.random(in: .min ... .max, using: &numbers) }
          default: bytes.removeSubrange(place..<min(bytes.count, place + 8))
          }
          changed = bytes != message
          return bytes
        })
      let both = result.client?.isAuthenticated == true && result.server.isAuthenticated
      #expect(both != changed, "seed \(seed), step \(target), way \(way)")
    }
  }

  static let kept = SaltedPassword(
    password: password, salt: verifier.salt, iterations: verifier.iterations)
}

extension [UInt8] {
  fileprivate func contains(_ other: [UInt8]) -> Bool {
    guard !other.isEmpty, count >= other.count else { return false }
    return (0...(count - other.count)).contains {
      self[$0..<($0 + other.count)].elementsEqual(other)
    }
  }
}
