import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Logging
import NIOPosix
import RPC
import TLS
import TestNodes
import TestTLS

/// A province and a county, each with files of its own, and two authorities apart from them.
struct RotatingNetwork {
  let place: RelayPlace
  let times = LinkTimes()
  let old: CertificateAuthority
  let new: CertificateAuthority
  let province: TestNode
  let county: TestNode

  /// How often nodes look for what is to be done: ten times as often as in the field, so that a run
  /// takes half a minute.
  static let poll = Duration.milliseconds(200)

  init(in parent: String) async throws {
    let directory = "\(parent)/xiecha-rotate-\(UUID().uuidString)"
    for folder in ["old", "new", RelayPlace.province, RelayPlace.asking] {
      try FileManager.default.createDirectory(
        atPath: "\(directory)/\(folder)", withIntermediateDirectories: true)
    }
    place = RelayPlace(directory: directory, started: RelayPlace.monotonicMilliseconds())
    let (from, days) = (TestCertificates.validFrom, TestCertificates.days)
    old = try .create(in: "\(directory)/old", now: from, days: days)
    new = try .create(in: "\(directory)/new", name: "Xiecha 2", now: from, days: days)
    for division in [RelayPlace.province, RelayPlace.asking] {
      _ = try old.issueNode(
        division: division, in: "\(directory)/\(division)", now: from, days: days)
      try FileManager.default.copyItem(
        atPath: old.certificateFile, toPath: "\(directory)/\(division)/authority.pem")
    }
    var above = TestNode.Setup(
      .province, RelayPlace.province, certificates: TestCertificates(in: "\(directory)/440000"),
      now: place.now)
    above.below = [(RelayPlace.asking, .county)]
    above.group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    province = try await TestNode(above)
    var below = TestNode.Setup(
      .county, RelayPlace.asking, certificates: TestCertificates(in: "\(directory)/440306"),
      now: place.now)
    below.above = RelayPlace.province
    below.account = RelayPlace.operatorName
    below.logger = Logger(label: "bench") { [times] _ in LinkTimes.Handler(times: times) }
    below.group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    county = try await TestNode(below)
    for node in [province, county] {
      node.watchRights()
      try node.keepTrust { try await Task.sleep(for: RotatingNetwork.poll) }
    }
  }

  /// Opens the county's link; how long it took counts as its being down.
  func join() throws {
    times.lost()
    let endpoint = province.server.endpoint
    try county.joinAbove(
      poll: { try await Task.sleep(for: RotatingNetwork.poll) }, at: { endpoint })
  }

  // MARK: Rotations

  static let administrator = LedgerActor(
    account: "xiecha-bench", role: Role.systemAdministrator.rawValue, division: "")

  /// Replaces a credential of the county, the authority answering what waits.
  func rotate(_ kind: RotationKind) async throws {
    let begun = place.now()
    try await county.node.ledger.commit { ledger in
      try ledger.begin(
        StoredRotation(
          of: kind, at: RelayPlace.province, overlap: 3_600, asked: begun,
          by: RotatingNetwork.administrator))
    }
    try await untilDone(kind, since: begun, by: old)
  }

  /// Replaces the authority at both, and retires the old one.
  func rotateAuthority() async throws {
    let begun = place.now()
    let rotation = AuthorityRotation(province.node.ledger, by: RotatingNetwork.administrator)
    try await rotation.begin(from: old, to: new, now: begun)
    for division in [RelayPlace.province, RelayPlace.asking] {
      while try roots(of: division).count < 2 { try await Task.sleep(for: .milliseconds(10)) }
    }
    _ = try new.issueNode(
      division: RelayPlace.province, in: "\(place.directory)/440000",
      now: TestCertificates.validFrom, days: TestCertificates.days, overwrite: true)
    try await province.readCertificates()
    try await untilDone(.key, since: begun, by: new)
    try await rotation.finish(from: old, to: new, now: place.now())
    while try roots(of: RelayPlace.asking) != [new.root()] {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func roots(of division: String) throws -> [[UInt8]] {
    let files = TestCertificates(in: "\(place.directory)/\(division)")
    return try TrustFiles(files.configuration(of: division)).roots()
  }

  private func untilDone(
    _ kind: RotationKind, since begun: Int64, by authority: CertificateAuthority
  ) async throws {
    let approval = CertificateApproval(province.node.ledger, by: RotatingNetwork.administrator)
    while try await !county.node.ledger.read({ ledger in
      try ledger.rotations().contains {
        $0.kind == kind && $0.begun >= begun && $0.step == .done
      }
    }) {
      for request in try await approval.waiting() {
        try await approval.approve(
          request, by: authority, now: TestCertificates.validFrom * 1000,
          days: TestCertificates.days)
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  func stop() async throws {
    for node in [county, province] { try await node.kill() }
    place.remove()
  }
}
