import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import RPC
import TLS
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

/// A province, a county and its township, each with files of its own, and an authority apart from them.
private final class ApartNetwork: Sendable {
  static let province = "440000"
  static let county = "440306"
  static let township = "440306018"
  static let above = [county: province, township: county]

  let folder: TemporaryFolder
  let clock = TestClock()
  let old: CertificateAuthority

  init() throws {
    folder = try TemporaryFolder()
    for name in ["old", "new"] + ApartNetwork.all {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: false)
    }
    old = try CertificateAuthority.create(
      in: folder.file("old"), now: TestCertificates.validFrom, days: TestCertificates.days)
    for division in ApartNetwork.all {
      _ = try old.issueNode(
        division: division, in: folder.file(division), now: TestCertificates.validFrom,
        days: TestCertificates.days)
      try FileManager.default.copyItem(
        atPath: old.certificateFile, toPath: folder.file("\(division)/authority.pem"))
    }
  }

  static let all = [province, county, township]

  func certificates(of division: String) -> TestCertificates {
    TestCertificates(in: folder.file(division))
  }

  func makeNew() throws -> CertificateAuthority {
    try CertificateAuthority.create(
      in: folder.file("new"), name: "Xiecha 2", now: TestCertificates.validFrom,
      days: TestCertificates.days)
  }

  func start(_ division: String, below: [(division: String, kind: NodeIdentity.Kind)]) async throws
    -> TestNode
  {
    let kinds: [String: NodeIdentity.Kind] = [
      Self.province: .province, Self.county: .county, Self.township: .township,
    ]
    var setup = TestNode.Setup(
      kinds[division] ?? .county, division, certificates: certificates(of: division),
      now: clock.now)
    setup.above = Self.above[division]
    setup.below = below
    let node = try await TestNode(setup)
    try node.keepTrust { try await Task.sleep(for: .milliseconds(5)) }
    return node
  }

  func isOf(_ authority: CertificateAuthority, _ division: String) throws -> Bool {
    TrustFiles.hasIssued(try authority.root(), try certificate(of: division))
  }

  func certificate(of division: String) throws -> [UInt8] {
    try KeyFiles(certificates(of: division).configuration(of: division)).certificate()
  }

  func roots(of division: String) throws -> [[UInt8]] {
    try TrustFiles(certificates(of: division).configuration(of: division)).roots()
  }
}

@Suite("S8.1: another authority takes the place of the network's", .timeLimit(.minutes(30)))
struct AuthorityRotationTests {
  private typealias Network = ApartNetwork

  private static func until(_ isTrue: () async throws -> Bool) async throws {
    while try await !isTrue() { try await Task.sleep(for: .milliseconds(2)) }
  }

  private func approve(_ node: TestNode, by authority: CertificateAuthority) async throws {
    let approval = CertificateApproval(node.node.ledger, by: Office.administrator)
    for request in try await approval.waiting() {
      try await approval.approve(
        request, by: authority, now: TestCertificates.validFrom * 1000,
        days: TestCertificates.days)
    }
  }

  @Test("both are believed, every node moves over, the old goes last, and its seals stay good")
  func rotates() async throws {
    let network = try ApartNetwork()
    let province = try await network.start(Network.province, below: [(Network.county, .county)])
    let county = try await network.start(Network.county, below: [(Network.township, .township)])
    let township = try await network.start(Network.township, below: [])
    let poll: @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(2)) }
    let pause: @Sendable (Duration) async throws -> Void = { _ in try await poll() }
    try county.joinAbove(pause: pause, poll: poll) { province.server.endpoint }
    try township.joinAbove(pause: pause, poll: poll) { county.server.endpoint }
    let (old, new) = (network.old, try network.makeNew())
    let rotation = AuthorityRotation(province.node.ledger, by: Office.administrator)

    let first = try network.certificate(of: Network.county)

    // Begun: it goes down the links, and every node believes both.
    #expect(try await rotation.begin(from: old, to: new, now: network.clock.now()) == 1)
    for division in Network.all {
      try await Self.until { try network.roots(of: division).count == 2 }
    }
    // The old one is to go already: nobody follows while somebody below has a certificate of it.
    #expect(try await rotation.finish(from: old, to: new, now: network.clock.now()) == 2)
    // The province's own certificate comes from the authority itself.
    _ = try new.issueNode(
      division: Network.province, in: network.folder.file(Network.province),
      now: TestCertificates.validFrom, days: TestCertificates.days, overwrite: true)
    try await province.readCertificates()
    try await Self.until {
      try await approve(province, by: new)
      return try network.isOf(new, Network.county)
    }
    #expect(try network.roots(of: Network.county).count == 2)
    try await Self.until {
      try await approve(county, by: new)
      return try network.isOf(new, Network.township)
    }
    let newRoot = [try new.root()]
    for division in Network.all {
      try await Self.until { try network.roots(of: division) == newRoot }
    }
    try await Self.until { try await rotation.standings().first?.trust == 2 }
    try await Self.until {
      try await county.node.ledger.read { try $0.rotations().first?.step } == .done
    }
    // Who was sealed under it stays believed, by a node too that never saw its certificate.
    let earlier = try #require(Signatory(certificate: first, authorities: []))
    #expect(!TrustFiles.hasIssued(newRoot[0], earlier.certificate))
    let files = network.certificates(of: Network.township).configuration(of: Network.township)
    #expect(try SignatoryTrust(files).vouches(for: earlier))
    // On a connection it is believed no more.
    let stranger = try network.old.issueNode(
      division: "440307", in: network.folder.file("old"), now: TestCertificates.validFrom,
      days: TestCertificates.days)
    var options = files
    options.certificateChainFile = stranger.certificateFile
    options.privateKeyFile = stranger.keyFile
    let failure = await #expect(throws: CallFailure.self) {
      try await RPCConnection.connect(
        to: province.server.endpoint,
        signIn: SignIn(name: "node:440307", password: TestNode.password),
        options: RPCConnection.Options(
          tls: try TLSContext(client: options), expectedDivision: Network.province),
        group: Office.group)
    }
    #expect(failure?.status == .unavailable)
    for node in [township, county, province] { try await node.kill() }
  }

  @Test("a trust that another than the authority of the node's certificate has signed is not taken")
  func foreign() async throws {
    let network = try ApartNetwork()
    let province = try await network.start(Network.province, below: [])
    let (old, new) = (network.old, try network.makeNew())
    // The new one says so itself.
    let stored = try NetworkTrustBundle(
      after: nil, [new], retired: [TrustFiles.digest(of: try old.root())], signedBy: new
    ).stored(at: network.clock.now())
    try await province.node.ledger.commit { try $0.keep(stored) }
    let rotation = AuthorityRotation(province.node.ledger, by: Office.administrator)
    #expect(try await rotation.begin(from: old, to: new, now: network.clock.now()) == 2)
    // The second is taken, the first never was.
    try await Self.until { try network.roots(of: Network.province).count == 2 }
    #expect(try network.roots(of: Network.province).contains(old.root()))
    try await province.kill()
  }

  @Test("undone before a node has moved: the new one is believed no longer")
  func undone() async throws {
    let network = try ApartNetwork()
    let province = try await network.start(Network.province, below: [])
    let (old, new) = (network.old, try network.makeNew())
    let rotation = AuthorityRotation(province.node.ledger, by: Office.administrator)
    try await rotation.begin(from: old, to: new, now: network.clock.now())
    try await Self.until { try network.roots(of: Network.province).count == 2 }
    try await rotation.undo(from: old, to: new, now: network.clock.now())
    try await Self.until { try network.roots(of: Network.province) == [old.root()] }
    #expect(try network.isOf(old, Network.province))
    try await province.kill()
  }

  @Test(
    "cut off behind the first use of its new certificate, a node comes back when the old root is gone"
  )
  func cutOff() async throws {
    let network = try ApartNetwork()
    let new = try network.makeNew()
    // The province has moved, and believes the old authority no more.
    _ = try new.issueNode(
      division: Network.province, in: network.folder.file(Network.province),
      now: TestCertificates.validFrom, days: TestCertificates.days, overwrite: true)
    let province = try await network.start(Network.province, below: [(Network.county, .county)])
    func believe(_ roots: [CertificateAuthority], at division: String) throws {
      let texts = try roots.map { try String(contentsOfFile: $0.certificateFile, encoding: .utf8) }
      try network.folder.write(texts.joined(), to: "\(division)/authority.pem")
    }
    try believe([new], at: Network.province)
    try await province.readCertificates()
    // The county believes both, has its new certificate, and was killed before that was in its place.
    try believe([network.old, new], at: Network.county)
    let county = try await network.start(Network.county, below: [])
    let keys = try KeyFiles(
      network.certificates(of: Network.county).configuration(of: Network.county))
    try keys.keep(
      try new.renew(
        keys.request(), like: keys.certificate(), now: TestCertificates.validFrom,
        days: TestCertificates.days))
    let asked = network.clock.now()
    try await county.node.ledger.commit { ledger in
      var rotation = StoredRotation(
        of: .key, at: Network.province, overlap: 0, asked: asked, by: Office.administrator)
      try ledger.begin(rotation)
      rotation.step = .offered
      try ledger.move(rotation)
    }
    let poll: @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(2)) }
    let pause: @Sendable (Duration) async throws -> Void = { _ in try await poll() }
    try county.joinAbove(pause: pause, poll: poll) { province.server.endpoint }
    try await Self.until {
      try await county.node.ledger.read { try $0.rotations().first?.step } == .done
    }
    #expect(try network.isOf(new, Network.county))
    for node in [county, province] { try await node.kill() }
  }
}
