import Backups
import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Logging
import NIOConcurrencyHelpers
import TestSupport
import TestTLS

/// A province, two counties and two townships of each, on loopback, with real certificates and
/// stores; the clock stands until a test moves it.
final class TestNetwork: Sendable {
  let certificates: TestCertificates
  let clock = TestClock()
  let lines = LogLines()
  /// How far the clocks of some offices are ahead, in milliseconds.
  private let skews: [String: Int64]
  private let offices = NIOLockedValueBox<[String: Office]>([:])
  private let cut = NIOLockedValueBox<Set<String>>([])
  private let folder: TemporaryFolder
  private let backupKeys = SecretKeyFile(for: .backups, madeOn: "2026-11-27")

  /// Where stores and certificates are.
  var directory: String { folder.path }

  /// Keeps what a node logs.
  func logger(of division: String) -> Logger {
    Logger(label: division) { [lines] in LogLines.Handler(lines: lines, label: $0) }
  }

  static let province = "440000"
  static let residence = "440306"
  static let residenceTowns = ["440306018", "440306022"]
  static let household = "441702"
  static let householdTowns = ["441702102", "441702105"]

  private init(skews: [String: Int64]) throws {
    self.skews = skews
    folder = try TemporaryFolder()
    certificates = try .create(in: folder.path)
  }

  /// A network with all its nodes running.
  static func start(
    profile: RuleProfile = .provincial2009, skews: [String: Int64] = [:]
  ) async throws -> TestNetwork {
    let network = try TestNetwork(skews: skews)
    try network.add(.province, province, above: nil)
    for (county, towns) in [(residence, residenceTowns), (household, householdTowns)] {
      try network.add(.county, county, above: province)
      for town in towns { try network.add(.township, town, above: county) }
    }
    for office in network.all { try await office.start(profile: profile) }
    return network
  }

  /// An office that is registered and started when the others have long been at work.
  func join(
    _ division: String, as kind: NodeIdentity.Kind = .county, above: String = province
  ) async throws {
    try add(kind, division, above: above)
    try await self[above].register(division, as: kind)
    try await self[division].start()
  }

  /// The time as an office's clock has it.
  func now(at division: String) -> @Sendable () -> Int64 {
    let (now, skew) = (clock.now, skews[division] ?? 0)
    return { now() + skew }
  }

  private func add(_ kind: NodeIdentity.Kind, _ division: String, above: String?) throws {
    try certificates.issue(division)
    offices.withLockedValue { $0[division] = Office(self, kind, division, above: above) }
  }

  /// All offices, the upper ones first.
  var all: [Office] {
    offices.withLockedValue { offices in
      offices.values.sorted { ($0.division.count, $0.division) < ($1.division.count, $1.division) }
    }
  }

  subscript(division: String) -> Office {
    offices.withLockedValue { $0[division] } ?? Office(self, .county, division, above: nil)
  }

  func divisions(under division: String) -> [(division: String, kind: NodeIdentity.Kind)] {
    all.filter { $0.above == division }.map { ($0.division, $0.kind) }
  }

  /// Pulls the cable between an office and the one above; open links are cut by stopping a side.
  func cut(_ division: String) { cut.withLockedValue { _ = $0.insert(division) } }
  func mend(_ division: String) { cut.withLockedValue { _ = $0.remove(division) } }
  func isOpen(_ division: String) -> Bool { cut.withLockedValue { !$0.contains(division) } }

  /// Pulls an office's cable and ends the link that is open.
  func isolate(_ division: String) async throws {
    cut(division)
    try await self[division].kill()
    try await self[division].start()
  }

  /// Waits until a node's ledger is as expected; the suite's time limit ends what never comes.
  func until(
    _ division: String, _ isTrue: @escaping @Sendable (LedgerReader) throws -> Bool
  ) async throws {
    while true {
      if let node = try? self[division].node, (try? await node.ledger.read(isTrue)) == true {
        return
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Waits until an item has reached a state at a node.
  func until(_ item: LedgerID, is state: ItemState, at division: String) async throws {
    try await until(division) { try $0.item(item)?.state == state }
  }

  func stop() async throws {
    for office in all.reversed() { try await office.kill() }
  }

  /// Puts a copy, or nothing, in the place of a store whose node is stopped.
  func replaceStore(of division: String, by copy: String?) throws {
    let path = "\(directory)/\(division).sqlite"
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    if let copy { try FileManager.default.moveItem(atPath: copy, toPath: path) }
  }

  /// Makes an encrypted backup of a node's store, which goes on; its file.
  func backUp(_ division: String) async throws -> String {
    let file = "\(directory)/\(division)-\(UInt32.random(in: .min ... .max)).xcbackup"
    let run = BackupRun(
      of: try self[division].node.ledger, node: division, key: backupKeys.inUse,
      now: now(at: division))
    return try run.make(file).file
  }

  /// Restores the store of a node that is stopped, as `xiecha-admin restore` does.
  @discardableResult
  func restore(_ division: String, from backup: String) async throws -> Restoring.Report {
    try replaceStore(of: division, by: nil)
    return try await Restoring(backup, of: division, keys: backupKeys).run(
      to: "\(directory)/\(division).sqlite", now: now(at: division)(),
      by: LedgerActor(account: "xiecha-admin:root", role: "administrator", division: division))
  }

  /// Copies a store as it lies on the disk, its node being stopped.
  func copyStore(of division: String) throws -> String {
    let copy = "\(directory)/plain-copy.sqlite"
    let ledger = try Ledger(path: "\(directory)/\(division).sqlite")
    try ledger.gather()
    try ledger.close()
    try FileManager.default.copyItem(atPath: "\(directory)/\(division).sqlite", toPath: copy)
    return copy
  }
}
