import CSimulatedMachine
import TestSupport

/// What happens to the network: cuts, one-way lines, closed routes, crashes, disks that fail, clocks
/// that jump.
final class Weather: @unchecked Sendable {
  private unowned let network: Network
  private let seed: UInt64
  /// Which strikes happen, by their numbers; nil: all.
  private let only: Set<Int>?
  /// The chance of the strike that is under way: its own, so that one that is left out changes
  /// nothing about the others.
  private var chance: SeededNumbers
  /// Whether anything happens now.
  private var isStormy = false
  private var storms = 0
  private var away: Office?
  /// How often it has struck, or would have.
  private(set) var strikes = 0

  init(_ network: Network, seed: UInt64, only: Set<Int>?) {
    (self.network, self.seed, self.only) = (network, seed, only)
    chance = SeededNumbers(seed: seed)
  }

  /// Lets things happen, until it is calm again; one office may be off all the while.
  func storm() {
    isStormy = true
    storms += 1
    away = nil
    if Int.random(in: 0..<3, using: &network.chance) == 0 {
      away = network.offices.randomElement(using: &network.chance)
      away?.stop()
    }
    next(storms)
  }

  /// Nothing happens any more, and everything that was taken away comes back.
  func calm() {
    isStormy = false
    away = nil
    network.closedRoutes = []
    for cable in network.cables { cable.open(&network.chance) }
    for office in network.offices {
      sim_disk_die_after(office.disk, -1)
      sim_disk_fail(office.disk, Int32(SIM_FAULT_NONE), 0)
      office.start()
    }
  }

  private func next(_ storm: Int) {
    chance = SeededNumbers(seed: seed &+ UInt64(strikes) &* 0x9E37_79B9)
    let pause = Int64.random(in: 50_000_000...2_000_000_000, using: &chance)
    network.scheduler.after(nanoseconds: pause) { [self] in
      guard isStormy, storm == storms else { return }
      strikes += 1
      chance = SeededNumbers(seed: seed ^ UInt64(strikes) << 20)
      if only?.contains(strikes) ?? true { strike() }
      for office in network.offices
      where office !== away && office.standing == .off && Int.random(in: 0..<6, using: &chance) == 0
      {
        office.start()
      }
      next(storm)
    }
  }

  private func strike() {
    guard let office = network.offices.randomElement(using: &chance) else { return }
    switch Int.random(in: 0..<20, using: &chance) {
    case 0..<9: cut()
    case 9..<11: block()
    case 11..<13: closeRoute(of: office)
    case 13..<15: office.crash(share: Office.share(&chance))
    case 15..<17:
      // In the middle of a write that is to come.
      sim_disk_die_after(office.disk, Int64.random(in: 0...60, using: &chance))
    case 17: failDisk(of: office)
    case 18: setClock(of: office)
    default: office.stop()
    }
  }

  private func cut() {
    guard let cable = network.cables.randomElement(using: &chance) else { return }
    let silent = [nil, nil, 0, 1].randomElement(using: &chance) ?? nil
    network.counts.cuts += 1
    network.trace.note(
      cable.from, "cut to \(cable.to), \(silent.map { "side \($0) is not told" } ?? "")")
    cable.cut(silentSide: silent)
  }

  private func block() {
    guard let cable = network.cables.randomElement(using: &chance) else { return }
    network.counts.blocks += 1
    let side = Int.random(in: 0...1, using: &chance)
    network.trace.note(cable.from, "one way alone to \(cable.to): not from \(side)")
    cable.block(from: side)
    let time = Int64.random(in: 10_000_000...120_000_000_000, using: &chance)
    network.scheduler.after(nanoseconds: time) { [self] in cable.open(&network.chance) }
  }

  private func closeRoute(of office: Office) {
    network.counts.closures += 1
    network.trace.note(office.division, "route closed")
    network.closedRoutes.insert(office.division)
    for cable in network.cables where cable.from == office.division && cable.to != office.division {
      cable.cut(silentSide: nil)
    }
    let time = Int64.random(in: 1_000_000_000...90_000_000_000, using: &chance)
    network.scheduler.after(nanoseconds: time) { [self] in
      network.closedRoutes.remove(office.division)
    }
  }

  private func failDisk(of office: Office) {
    network.counts.diskFaults += 1
    let fault =
      [SIM_FAULT_IO, SIM_FAULT_FULL].randomElement(using: &chance) ?? SIM_FAULT_IO
    network.trace.note(office.division, "the disk fails (\(fault))")
    sim_disk_fail(
      office.disk, Int32(fault), Int64.random(in: 1...12, using: &chance))
  }

  private func setClock(of office: Office) {
    network.counts.clockJumps += 1
    office.site.skew = Int64.random(in: -300_000...300_000, using: &chance)
    network.trace.note(office.division, "clock set to \(office.site.skew) ms")
  }
}
