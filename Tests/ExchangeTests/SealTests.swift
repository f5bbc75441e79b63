import ExchangeProtos
import ExchangeRules
import Ledger
import TLS
import TestSupport
import TestTLS
import Testing
import Wire

@testable import Exchange

@Suite("An event is its author's by its seal, whoever passes it on", .timeLimit(.minutes(30)))
struct SealTests {
  private static let asked = TestNetwork.household
  private static let town = TestNetwork.householdTowns[0]
  private static let province = TestNetwork.province
  private static let other = TestNetwork.residence
  private static let time = TestClock.start

  private let folder: TemporaryFolder
  private let certificates: TestCertificates
  private let ledger: Ledger
  private let checks: SealChecks

  init() async throws {
    folder = try TemporaryFolder()
    certificates = try .create(
      in: folder.path, for: [Self.asked, Self.town, Self.province, Self.other])
    ledger = try Ledger(path: TestStore.place(folder.file("ledger.sqlite")))
    checks = SealChecks(trust: try SignatoryTrust(certificates.configuration(of: nil)))
    for division in [Self.asked, Self.town, Self.province] {
      try await introduce(division, from: certificates)
    }
  }

  /// Shows a certificate, as a link does; kept if it is of the network.
  private func introduce(_ division: String, from certificates: TestCertificates) async throws {
    let shown = try SigningKey(certificates.configuration(of: division)).signatory
    guard let known = checks.signatory(shown.certificate, shown.authorities, now: Self.time) else {
      return
    }
    try await ledger.commit { try $0.keep(known) }
  }

  /// Why an event is refused; nil where its seal holds.
  private func refusal(of bytes: [UInt8]) async throws -> String? {
    let event = try #require(try DetailedEvent(bytes: bytes))
    return try await ledger.read { [checks] ledger in
      do {
        try checks.check(event, in: ledger)
        return nil
      } catch let failure as CallFailure {
        #expect(failure.status == .permissionDenied)
        return failure.reason
      }
    }
  }

  private func received(by division: String, at time: Int64 = Self.time) -> [UInt8] {
    ForgedEventTests.event(
      .received, of: LedgerID(version7At: Self.time).bytes, by: division, at: time)
  }

  @Test(
    "S2.1, S2.2: a node seals for its own division and those below; a province for no county",
    arguments: [
      (asked, asked, nil), (asked, town, nil), (town, town, nil), (town, "441702102201", nil),
      (province, province, nil), (town, asked, "wrong-division"),
      (province, asked, "wrong-division"), (asked, "441703", "wrong-division"),
      (asked, "44", "wrong-division"), (asked, "nobody", "wrong-division"),
    ] as [(String, String, String?)])
  func signers(signer: String, actor: String, reason: String?) async throws {
    let sealed = try ForgedSeal.seal(received(by: actor), by: signer, certificates)
    #expect(try await refusal(of: sealed) == reason)
  }

  @Test(
    "What was changed behind the seal does not bear it",
    arguments: [
      { $0.page = 2 }, { $0.at += 1 }, { $0.log[31] ^= 1 }, { $0.count = 2 }, { $0.entry = 1 },
      { $0.path = [[UInt8](repeating: 0, count: 32)] },
    ] as [@Sendable (inout ForgedSeal) -> Void])
  func changed(change: @Sendable (inout ForgedSeal) -> Void) async throws {
    let event = received(by: Self.asked)
    let seal = try ForgedSeal.on(event, by: Self.asked, certificates)
    let detailed = try #require(try DetailedEvent(bytes: event))
    // The fields of a seal that was made for others, under the signature of this one.
    let signature = try #require(EventSeal(seal)).signature
    var forged = ForgedSeal(signer: Array(seal[1..<33]), at: detailed.stored.at)
    change(&forged)
    let bytes = event + ForgedEventTests.field(23, forged.bytes(under: signature))
    #expect(try await refusal(of: bytes) == "false-seal")
  }

  @Test("A seal belongs to one event: to none of another time, item or actor, and to no garbage")
  func moved() async throws {
    let seal = try ForgedSeal.on(received(by: Self.asked), by: Self.asked, certificates)
    let another = received(by: Self.asked, at: Self.time + 1)
    #expect(try await refusal(of: another + ForgedEventTests.field(23, seal)) == "false-seal")
    let garbage: [[UInt8]] = [
      [1], Array(seal.dropLast(40)), [2] + Array(seal.dropFirst()), seal.reversed(),
    ]
    for garbage in garbage {
      let event = received(by: Self.asked) + ForgedEventTests.field(23, garbage)
      #expect(try await refusal(of: event) != nil)
    }
    // Found to be right once, the page vouches for nothing that is not on it.
    let event = received(by: Self.asked)
    #expect(try await refusal(of: try ForgedSeal.seal(event, by: Self.asked, certificates)) == nil)
    let next = try ForgedSeal.seal(
      received(by: Self.asked, at: Self.time + 5), by: Self.asked, certificates)
    #expect(try await refusal(of: next) == nil)
  }

  @Test("A certificate that nobody has shown, or for which no root vouches, seals nothing")
  func strangers() async throws {
    let sealed = try ForgedSeal.seal(received(by: Self.other), by: Self.other, certificates)
    #expect(try await refusal(of: sealed) == "unknown-signer")
    try await introduce(Self.other, from: certificates)
    #expect(try await refusal(of: sealed) == nil)

    let elsewhere = try TemporaryFolder()
    let foreign = try TestCertificates.create(in: elsewhere.path, for: [Self.asked])
    try await introduce(Self.asked, from: foreign)
    let forged = try ForgedSeal.seal(received(by: Self.asked), by: Self.asked, foreign)
    #expect(try await refusal(of: forged) == "unknown-signer")
  }

  @Test("A node signs nothing at a time at which its certificate is not valid")
  func ownTime() throws {
    let signer = NodeSigner(key: try SigningKey(certificates.configuration(of: Self.asked)))
    for time in [1_000_000, Int64.max / 2] {
      let failure = #expect(throws: LedgerFailure.self) { try signer.sign([1], at: time) }
      #expect(failure?.reason == .cannotSign)
    }
    #expect(try signer.sign([1], at: Self.time).isEmpty == false)
  }

  @Test("A seal counts while its certificate is valid, and until it is revoked; then it stays")
  func times() async throws {
    let event = received(by: Self.asked)
    let early = try ForgedSeal.seal(event, by: Self.asked, certificates) { $0.at = 1_000_000 }
    #expect(try await refusal(of: early) == "certificate-out-of-date")
    let late = try ForgedSeal.seal(event, by: Self.asked, certificates) { $0.at = .max / 2 }
    #expect(try await refusal(of: late) == "certificate-out-of-date")

    let authority = try CertificateAuthority(directory: folder.path)
    let serial = try PeerIdentity(certificateFile: "\(folder.path)/\(Self.asked).pem").serial
    try authority.revoke(serials: [serial], now: Self.time / 1000)
    var files = certificates.configuration(of: nil)
    files.revocationListFile = authority.revocationListFile
    checks.use(try SignatoryTrust(files))
    let before = try ForgedSeal.seal(event, by: Self.asked, certificates) { $0.at -= 1000 }
    #expect(try await refusal(of: before) == nil)
    let after = try ForgedSeal.seal(event, by: Self.asked, certificates)
    #expect(try await refusal(of: after) == "certificate-revoked")
  }

  @Test("Over the link: what bears no seal, or a false one, is set aside, and its sender is told")
  func overTheLink() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].kill()
    var link = try await ForgedLink.open(network, as: Self.asked, at: Self.province)
    let event = ForgedEventTests.event(
      .received, of: id.bytes, by: Self.asked, at: network.clock.now())
    try await link.tell(event, isSealed: false)
    #expect(try await link.objection()?.reason == "unsealed")
    let forged = try ForgedSeal.seal(event, by: Self.asked, network.certificates) { $0.count = 2 }
    try await link.tell(forged)
    #expect(try await link.objection()?.reason == "false-seal")
    try await link.introduce(Self.other)
    let others = try ForgedSeal.seal(event, by: Self.other, network.certificates)
    try await link.tell(others)
    #expect(try await link.objection()?.reason == "wrong-division")
    try await link.tell(event)
    try await network.until(Self.other) { try $0.events(of: id).last?.kind == .received }
    try await network.stop()
  }

  @Test("All that a network's nodes write bears their seals, everywhere and through a restore")
  func everywhere() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network.until(id, is: .received, at: Self.other)
    for office in [Self.other, Self.province, Self.asked] {
      let seals = try await network[office].node.ledger.read { ledger in
        try ledger.events(of: id).map { event in
          (event, EventSeal(try ledger.seal(of: event)))
        }
      }
      #expect(seals.count == 5)
      for (event, seal) in seals {
        let seal = try #require(seal)
        let signer = try #require(
          try await network[office].node.ledger.read { try $0.signatory(seal.signer) })
        let signatory = try #require(
          Signatory(certificate: signer.certificate, authorities: signer.authorities))
        let statement = try #require(seal.statement(on: event.digest))
        #expect(signatory.hasSigned(statement, seal.signature))
        #expect(event.actor.division.hasPrefix(signer.division))
      }
    }
    #expect(try await network[Self.other].follow(id).remarks.isEmpty)
    try await network.stop()
  }
}
