import CSimulatedMachine
import Exchange
import Foundation
import Ledger
import RPC
import TestSupport

/// One office: its disk, its clock, and the node that runs on them, which may die at any moment.
final class Office: @unchecked Sendable {
  /// What the node of an office does.
  enum Standing { case off, starting, up, dying }

  let site: Site
  let disk: Int32
  private unowned let network: any Surroundings
  private(set) var standing = Standing.off
  /// The node that runs; nil: none does.
  private(set) var running: RunningNode?
  /// Until when its disk is busy with the last commit, in nanoseconds.
  private var diskIsFree: Int64 = 0
  /// When its store was copied last, in milliseconds since 1970.
  private var copied: Int64?
  /// How often it was started: what an earlier start is still about counts no more.
  private var starts = 0

  init(_ division: String, above: String?, in network: any Surroundings) throws {
    site = try Site(division, above: above, in: network)
    self.network = network
    let folder = "\(network.folder)/\(division)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    disk = sim_disk_add(folder)
  }

  var division: String { site.division }
  var above: String? { site.above }
  var kind: NodeIdentity.Kind { site.kind }

  var server: RPCServer? { standing == .up ? running?.server : nil }

  private var ledgerPath: String { "\(network.folder)/\(division)/ledger.sqlite" }

  // MARK: On and off

  /// Starts the node on what its disk has; again where the disk does not let it.
  func start() {
    guard standing == .off else { return }
    standing = .starting
    starts += 1
    network.trace.note(division, "start")
    Task { [starts] in await begin(starts) }
  }

  private func begin(_ start: Int) async {
    do {
      let node = try await RunningNode.start(on: ledgerPath, at: site) {
        self.running = $0
      }
      guard standing == .starting, start == starts else { return }
      standing = .up
      node.join()
      network.trace.note(division, "up")
    } catch {
      guard standing == .starting, start == starts else { return }
      network.trace.note(division, "cannot start: \(error)")
      standing = .dying
      let isDead = sim_disk_is_dead(disk) != 0
      await end(share: isDead ? Office.share(&network.chance) : 100, seed: network.chance.next())
    }
  }

  /// The machine loses its power; of what was not synced so much of a hundred is kept.
  func crash(share: Int32) {
    guard standing == .up || standing == .starting else { return }
    network.trace.note(division, "crash, keeps \(share) %")
    network.counts.crashes += 1
    standing = .dying
    sim_disk_die(disk)
    network.cutAll(of: division)
    let seed = network.chance.next()
    Task { await end(share: share, seed: seed) }
  }

  /// How much of what was not synced a crash keeps, of a hundred: nothing, all, or torn.
  static func share(_ chance: inout SeededNumbers) -> Int32 {
    [0, 0, 10, 50, 90, 100].randomElement(using: &chance) ?? 0
  }

  /// Stops it as an administrator does.
  func stop() {
    guard standing == .up else { return }
    network.trace.note(division, "stop")
    standing = .dying
    Task {
      await running?.drain()
      await end(share: 100, seed: 0)
    }
  }

  private func end(share: Int32, seed: UInt64) async {
    await running?.close()
    running = nil
    sim_disk_recover(disk, seed, share)
    standing = .off
    network.trace.note(division, "off")
  }

  // MARK: Copies

  /// Whether there is a copy of its store.
  var hasCopy: Bool { copied != nil }

  /// Copies its store as it lies on the disk, the node being off.
  func keepCopy() {
    for end in ["", "-wal"] {
      let (file, copy) = (ledgerPath + end, copyPath + end)
      try? FileManager.default.removeItem(atPath: copy)
      try? FileManager.default.copyItem(atPath: file, toPath: copy)
    }
    copied = site.now
    network.trace.note(division, "copied")
  }

  /// The disk is lost, and the copy put in its place; the node starts on it as on a backup.
  func putBackCopy() {
    guard let copied else { return }
    for end in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ledgerPath + end)
    }
    for end in ["", "-wal"] {
      try? FileManager.default.copyItem(atPath: copyPath + end, toPath: ledgerPath + end)
    }
    site.isPutBackFrom = copied
    network.counts.putBacks += 1
    network.trace.note(division, "put back from its copy")
  }

  private var copyPath: String { "\(network.folder)/\(division)-copy.sqlite" }

  // MARK: Its ledger

  /// Does one transaction, if one waits and the disk is free.
  func stepLedger(_ chance: inout SeededNumbers) -> Bool {
    guard let ledger = running?.ledger, network.scheduler.now >= diskIsFree, ledger.step() else {
      return false
    }
    if sim_disk_is_dead(disk) != 0, standing != .dying {
      crash(share: Office.share(&network.chance))
    } else {
      // Now and then a disk takes its time.
      let isSlow = Int.random(in: 0..<16, using: &chance) == 0
      let busy = Int64.random(in: 0...(isSlow ? 300_000_000 : 4_000_000), using: &chance)
      diskIsFree = network.scheduler.now + busy
      network.scheduler.after(nanoseconds: busy) {}
    }
    return true
  }
}
