import Credentials
import ExchangeProtos
import ExchangeRules
import Glibc
import Ledger
import RPC
import TLS
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

@testable import Exchange

@Suite(
  "S8.1: a node's key and certificate are replaced over its own link, and nobody is shut out",
  .timeLimit(.minutes(30)))
struct KeyRotationTests {
  private let county = TestNetwork.residence
  private let province = TestNetwork.province

  private func begin(at network: TestNetwork) async throws {
    let rotation = StoredRotation(
      of: .key, at: province, overlap: 0, asked: network.clock.now(), by: Office.administrator)
    try await network[county].node.ledger.commit { try $0.begin(rotation) }
  }

  private func rotation(of network: TestNetwork) async throws -> StoredRotation {
    let rotation = try await network[county].node.ledger.read { try $0.rotations().first }
    return try #require(rotation)
  }

  private func until(_ network: TestNetwork, _ step: RotationStep) async throws {
    try await network.until(county) { try $0.rotations().first?.step == step }
  }

  private func registered(in network: TestNetwork) async throws -> RegisteredNode {
    let county = county
    let node = try await network[province].node.ledger.read { try $0.node(county) }
    return try #require(node)
  }

  private func fingerprint(in network: TestNetwork) throws -> [UInt8] {
    try PeerIdentity(certificateFile: "\(network.directory)/\(county).pem").fingerprint
  }

  private func files(of network: TestNetwork) throws -> KeyFiles {
    try KeyFiles(network.certificates.configuration(of: county))
  }

  /// Answers the county's request, waited for, as `certificate approve` does.
  private func approve(in network: TestNetwork) async throws {
    try await network.until(province) { [county] in
      try $0.certificateRequest(of: county)?.issued.isEmpty == true
    }
    let approval = CertificateApproval(
      try network[province].node.ledger, by: Office.administrator)
    let authority = try CertificateAuthority(directory: network.directory)
    for request in try await approval.waiting() {
      try await approval.approve(
        request, by: authority, now: TestCertificates.validFrom * 1000,
        days: TestCertificates.days)
    }
  }

  /// Takes the steps by hand up to one, as a node does that is killed behind its commit.
  private func drive(_ network: TestNetwork, to last: RotationStep) async throws {
    let driver = try RotationDriver(network, county)
    while try await rotation(of: network).step != last {
      do {
        _ = try await driver.advance()
      } catch is RotationWaits {
        try await approve(in: network)
      }
    }
  }

  private func undo(in network: TestNetwork) async throws {
    try await network[county].node.ledger.commit { [province] ledger in
      var rotation = try #require(try ledger.rotation(at: province))
      rotation.step = .goingBack
      try ledger.move(rotation)
    }
  }

  @Test("it is asked for, issued, used, put in its place, and the old one opens nothing more")
  func rotates() async throws {
    let network = try await TestNetwork.start()
    let old = try fingerprint(in: network)
    try await begin(at: network)
    try await network.until(county) { try $0.rotations().first?.failure.isEmpty == false }
    #expect(try await rotation(of: network).step == .asked)
    #expect(try await rotation(of: network).failure.contains("certificate approve"))
    try await approve(in: network)
    try await until(network, .done)
    let new = try fingerprint(in: network)
    #expect(new != old)
    #expect(try files(of: network).hasComing == false)
    let registered = try await registered(in: network)
    #expect(registered.fingerprint == new)
    #expect(registered.coming.isEmpty)
    #expect(!registered.takes(old))
    let traces = try await network[province].node.ledger.read { ledger in
      try ledger.traces(limit: 500).map(\.entry.action).filter { $0.hasPrefix("certificate-") }
    }
    #expect(
      traces.sorted() == [
        "certificate-adopted", "certificate-approved", "certificate-requested",
      ])
    // What the county writes now is sealed by the new key, and believed on the whole way.
    let request = Cases.assistRequest(from: county)
    let item = Cases.ledgerID(request)
    try await network[county].enter(request)
    try await network[county].sendAll()
    try await network.until(item, is: .delivered, at: TestNetwork.household)
    let seal = try await network[TestNetwork.household].node.ledger.read { ledger in
      try ledger.events(of: item).first { $0.kind == .submitted }
        .flatMap { EventSeal.signer(of: $0.seal) }
    }
    #expect(seal == new)
    // And once more.
    try await begin(at: network)
    try await approve(in: network)
    try await until(network, .done)
    #expect(try fingerprint(in: network) != new)
    try await network.stop()
  }

  @Test(
    "a node that is killed after any step goes on from it",
    arguments: [RotationStep.asked, .offered, .proven, .switched])
  func killed(after last: RotationStep) async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    let old = try fingerprint(in: network)
    try await begin(at: network)
    try await drive(network, to: last)
    try await network[county].kill()
    network.mend(county)
    try await network[county].start()
    if last == .asked { try await approve(in: network) }
    try await until(network, .done)
    #expect(try fingerprint(in: network) != old)
    #expect(try await registered(in: network).fingerprint == fingerprint(in: network))
    try await network.stop()
  }

  @Test("killed between two files, or behind both, it goes on", arguments: [1, 2])
  func killedBetween(moved: Int) async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    try await begin(at: network)
    try await drive(network, to: .proven)
    try await network[county].kill()
    let folder = network.directory
    #expect(rename("\(folder)/\(county).key.next", "\(folder)/\(county).key") == 0)
    if moved == 2 {
      #expect(rename("\(folder)/\(county).pem.next", "\(folder)/\(county).pem") == 0)
    }
    network.mend(county)
    try await network[county].start()
    try await until(network, .done)
    #expect(try await registered(in: network).fingerprint == fingerprint(in: network))
    try await network.stop()
  }

  @Test(
    "it goes back as long as the new one was not used, and what was issued is taken no more",
    arguments: [RotationStep.asked, .offered])
  func undone(after last: RotationStep) async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    let old = try fingerprint(in: network)
    try await begin(at: network)
    try await drive(network, to: last)
    try await undo(in: network)
    network.mend(county)
    try await until(network, .undone)
    #expect(try fingerprint(in: network) == old)
    #expect(try !files(of: network).hasComing)
    #expect(try await registered(in: network).coming.isEmpty)
    let left = try await network[province].node.ledger.read { [county] in
      try $0.certificateRequest(of: county)
    }
    #expect(left == nil)
    try await network.stop()
  }

  @Test("where the new one was used already, it goes on instead of back")
  func tooLate() async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    try await begin(at: network)
    try await drive(network, to: .offered)
    // Killed behind the sign-in, before the step was noted.
    try await RotationDriver(network, county).uplink.connect(with: .comingKey).close()
    #expect(!RotationKind.key.canGoBack(at: .proven))
    try await undo(in: network)
    network.mend(county)
    try await until(network, .done)
    #expect(try await registered(in: network).fingerprint == fingerprint(in: network))
    try await network.stop()
  }

  @Test("nobody asks with another's certificate, without the key, or with a key of another kind")
  func refusals() async throws {
    let network = try await TestNetwork.start()
    try await network.isolate(county)
    let driver = try RotationDriver(network, county)
    let connection = try await driver.uplink.connect(with: .inForce)
    let files = try files(of: network)
    let good = try files.request().bytes
    func ask(_ request: [UInt8], _ certificate: [UInt8]) async -> String? {
      var message = RequestCertificateRequest()
      message.request = request
      message.certificate = certificate
      do {
        _ = try await connection.call(NodeCertificates.request, message)
        return nil
      } catch {
        return "\(error.reason) \(error.field)"
      }
    }
    let own = try files.certificate()
    let other = try KeyFiles(network.certificates.configuration(of: TestNetwork.household))
      .certificate()
    #expect(await ask(good, other) == "invalid certificate")
    var broken = good
    broken[broken.count - 3] ^= 1
    #expect(await ask(broken, own) == "invalid request")
    #expect(await ask([0x30, 0x03, 0x02, 0x01, 0x00], own) == "invalid request")
    #expect(await ask(good + [0], own) == "invalid request")
    #expect(await ask(good, own) == nil)
    // Asked again it is the same request, though its signature is another.
    let again = try files.request().bytes
    #expect(await ask(again, own) == nil)
    let approval = CertificateApproval(
      try network[province].node.ledger, by: Office.administrator)
    let waiting = try await approval.waiting()
    #expect(waiting.map(\.request) == [good])
    // What was issued for another key or another node is not taken.
    let foreign = await #expect(throws: LedgerFailure.self) {
      try await approval.keep(other, for: try #require(waiting.first), now: 0)
    }
    #expect(foreign?.reason == .conflict)
    // An answer to a request that was replaced meanwhile is late.
    try files.discard()
    let another = try files.request().bytes
    #expect(await ask(another, own) == nil)
    let late = await #expect(throws: LedgerFailure.self) {
      try await approval.approve(
        try #require(waiting.first),
        by: try CertificateAuthority(directory: network.directory),
        now: TestCertificates.validFrom * 1000)
    }
    #expect(late?.reason == .conflict)
    await connection.close()
    let person = try await network[province].signIn()
    let unauthorised = await #expect(throws: CallFailure.self) {
      try await person.call(NodeCertificates.withdraw, WithdrawCertificateRequest())
    }
    #expect(unauthorised?.status == .permissionDenied)
    await person.close()
    try files.discard()
    try await network.stop()
  }
}
