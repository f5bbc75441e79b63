import Credentials
import ExchangeProtos
import ExchangeRules
import Ledger
import NIOPosix
import RPC
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

@testable import Exchange

@Suite(
  "S8.1: a node's password is replaced over its own link, and nobody is shut out",
  .timeLimit(.minutes(30)))
struct PasswordRotationTests {
  private static let week = RotatingCredential.longestOverlapSeconds
  private let county = TestNetwork.residence
  private let province = TestNetwork.province

  private func begin(at network: TestNetwork, overlap: Int64 = week) async throws {
    let rotation = StoredRotation(
      of: .password, at: province, overlap: overlap, asked: network.clock.now(),
      by: Office.administrator)
    try await network[county].node.ledger.commit { try $0.begin(rotation) }
  }

  private func step(of network: TestNetwork) async throws -> RotationStep? {
    try await network[county].node.ledger.read { try $0.rotations().first?.step }
  }

  private func until(_ network: TestNetwork, _ step: RotationStep) async throws {
    try await network.until(county) { try $0.rotations().first?.step == step }
  }

  private func account(in network: TestNetwork) async throws -> StoredAccount {
    let name = NodeIdentity.account(of: county)
    return try #require(
      try await network[province].node.ledger.read { try $0.account(name) })
  }

  @Test("the new one is offered, seen in use, put in its place, and the old one retired")
  func rotates() async throws {
    let network = try await TestNetwork.start()
    let old = network[county].secret.current
    try await begin(at: network)
    try await until(network, .done)
    let new = network[county].secret.current
    #expect(new != old)
    #expect(network[county].secret.coming == nil)
    let account = try await account(in: network)
    #expect(ScramVerifier(text: account.verifier)?.matches(password: new) == true)
    #expect(account.previousVerifier == nil)
    // S8.2: the office hears of it in the same commit.
    let changes = try await network[province].node.ledger.read { try $0.passwordChanges() }
    #expect(changes.map(\.account) == [account.name])
    let traces = try await network[province].node.ledger.read { ledger in
      try ledger.traces().map(\.entry.action).filter { $0.hasPrefix("password-") }
    }
    #expect(Set(traces) == ["password-offered", "password-retired"])
    // The link has come back with the new one, and items go on.
    try await network[county].kill()
    try await network[county].start()
    try await begin(at: network)
    try await until(network, .done)
    #expect(network[county].secret.current != new)
    try await network.stop()
  }

  @Test(
    "a node that is killed after any step goes on from it",
    arguments: [
      RotationStep.asked, .offered, .proven, .switched,
    ])
  func killed(after last: RotationStep) async throws {
    let network = try await TestNetwork.start()
    network.cut(county)
    try await network[county].kill()
    try await network[county].start()
    try await begin(at: network)
    // As the node leaves it when it is killed behind the commit of the step.
    let office = network[county]
    let driver = try RotationDriver(network, county)
    while try await step(of: network) != last { _ = try await driver.advance() }
    try await office.kill()
    network.mend(county)
    try await office.start()
    try await until(network, .done)
    #expect(office.secret.coming == nil)
    #expect(try await account(in: network).previousVerifier == nil)
    try await network.stop()
  }

  @Test("killed between the file and the commit, it knows what it has done")
  func killedBetween() async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    try await begin(at: network)
    let driver = try RotationDriver(network, county)
    while try await step(of: network) != .proven { _ = try await driver.advance() }
    network[county].secret.adoptComing()
    network.mend(county)
    try await until(network, .done)
    #expect(network[county].secret.coming == nil)
    try await network.stop()
  }

  @Test(
    "it goes back as long as the old one is in its place",
    arguments: [
      RotationStep.asked, .offered, .proven,
    ])
  func undone(after last: RotationStep) async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    let old = network[county].secret.current
    try await begin(at: network)
    let driver = try RotationDriver(network, county)
    while try await step(of: network) != last { _ = try await driver.advance() }
    try await undo(in: network)
    network.mend(county)
    try await until(network, .undone)
    #expect(network[county].secret.current == old)
    #expect(network[county].secret.coming == nil)
    let account = try await account(in: network)
    #expect(ScramVerifier(text: account.verifier)?.matches(password: old) == true)
    #expect(account.previousVerifier == nil)
    try await network.stop()
  }

  @Test("where the old one counts no more, it goes on instead of back")
  func tooLate() async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    try await begin(at: network, overlap: 60)
    let driver = try RotationDriver(network, county)
    while try await step(of: network) != .offered { _ = try await driver.advance() }
    try network.clock.set("2009-06-17", hour: 11)
    try await undo(in: network)
    network.mend(county)
    try await until(network, .done)
    #expect(network[county].secret.coming == nil)
    try await network.stop()
  }

  @Test("nobody offers for another, a third password, or one of another salt")
  func refusals() async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    try await begin(at: network)
    let driver = try RotationDriver(network, county)
    while try await step(of: network) != .offered { _ = try await driver.advance() }
    let connection = try await driver.uplink.connect(with: .inForce)
    let asked = try await connection.call(Passwords.offer, OfferPasswordRequest())
    func offer(_ password: String, salt: [UInt8], overlap: Int64 = 60) async -> FailureReason? {
      var request = OfferPasswordRequest()
      request.verifier =
        ScramVerifier(password: password, salt: salt, iterations: Int(asked.iterations)).text
      request.overlapSeconds = overlap
      do {
        _ = try await connection.call(Passwords.offer, request)
        return nil
      } catch {
        return FailureReason(rawValue: error.reason)
      }
    }
    #expect(await offer("a third password, 4711", salt: asked.salt) == .otherPassword)
    #expect(await offer("another", salt: [UInt8](repeating: 7, count: 16)) == .invalid)
    #expect(await offer("too long", salt: asked.salt, overlap: Self.week + 1) == .invalid)
    // Signed in with the old one, it retires nothing.
    let refused = await #expect(throws: CallFailure.self) {
      try await connection.call(Passwords.retire, RetirePasswordRequest())
    }
    #expect(refused?.reason == FailureReason.otherPassword.rawValue)
    await connection.close()
    let person = try await network[province].signIn()
    let unauthorised = await #expect(throws: CallFailure.self) {
      try await person.call(Passwords.offer, OfferPasswordRequest())
    }
    #expect(unauthorised?.status == .permissionDenied)
    await person.close()
    // One at a time.
    let second = await #expect(throws: LedgerFailure.self) { try await begin(at: network) }
    #expect(second?.reason == .exists)
    try await network.stop()
  }

  private func undo(in network: TestNetwork) async throws {
    let province = province
    try await network[county].node.ledger.commit { ledger in
      var rotation = try #require(try ledger.rotation(at: province))
      rotation.step = .goingBack
      try ledger.move(rotation)
    }
  }
}
