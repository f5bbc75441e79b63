import CSimulatedMachine
import Foundation
import Ledger
import TestSupport

/// A run: days of work in bad weather, each followed by rest and judgement.
final class Simulation: @unchecked Sendable {
  /// What a run is asked for.
  struct Order {
    var seed: UInt64
    var exchanges: Int
    /// Of the real machine; nil: as long as it takes.
    var seconds: Double?
    var tracePath: String?
    var tracesSteps = false
    /// Which strikes of the weather happen; nil: all.
    var strikes: Set<Int>?
    /// Ends after so many stretches of work.
    var stretches = Int.max
  }

  /// 2009-06-17, 10:00 China Standard Time, in milliseconds since 1970.
  private static let start: Int64 = 1_245_204_000_000
  /// How long a healed network may take until it rests, in simulated seconds.
  private static let restSeconds = 1_800

  private let order: Order
  private let scheduler: Scheduler
  private let network: Network
  private let weather: Weather
  private let notebook = Notebook()
  private let clerks: [Clerk]
  let trace: Trace
  private var chance: SeededNumbers
  private var slowestRestSeconds = 0.0
  /// Why the network is not at rest.
  private var unrest = ""
  private(set) var days = 0

  static let places = [
    CaseMaker.Place(county: "440306", townships: ["440306018", "440306022"]),
    CaseMaker.Place(county: "441702", townships: ["441702102", "441702105"]),
  ]

  init(_ order: Order, in folder: String) throws {
    self.order = order
    trace = try Trace(path: order.tracePath, folder: folder)
    sim_chance_start(order.seed &+ 1)
    guard sim_disk_start() == 0 else { throw NoDisk() }
    scheduler = Scheduler(seed: order.seed &+ 2, start: Simulation.start)
    network = try Network(seed: order.seed &+ 3, scheduler, trace, in: folder)
    weather = Weather(network, seed: order.seed &+ 5, only: order.strikes)
    if order.tracesSteps {
      scheduler.tellStep = { [trace] in
        trace.note("step", "\($0), drawn \((0..<3).map(sim_chance_drawn))")
      }
    }
    try network.add("440000", above: nil)
    for place in Simulation.places {
      try network.add(place.county, above: "440000")
      for township in place.townships { try network.add(township, above: place.county) }
    }
    let cases = CaseMaker(places: Simulation.places)
    let (network, notebook) = (network, notebook)
    clerks = network.offices.enumerated().map { place, office in
      Clerk(office, in: network, notebook, cases, seed: order.seed &+ 100 &+ UInt64(place))
    }
    chance = SeededNumbers(seed: order.seed &+ 4)
  }

  struct NoDisk: Error {}

  /// Runs it; what the judge has found.
  func run() throws -> Verdict {
    for clerk in clerks { Task { await clerk.work() } }
    weather.calm()
    scheduler.run { network.offices.allSatisfy { $0.standing == .up } }
    let begun = sim_real_nanoseconds()
    var verdict = Verdict()
    repeat {
      days += 1
      work()
      if let unrest = rest() {
        verdict.violations.append(unrest)
        trace.flush()
        return verdict
      }
      verdict = try judge()
      night()
    } while verdict.isGood && days < order.stretches && notebook.exchanges.count < order.exchanges
      && order.seconds.map { Double(sim_real_nanoseconds() - begun) / 1e9 < $0 } ?? true
    trace.flush()
    return verdict
  }

  private func work() {
    trace.note("all", "day \(days)")
    for clerk in clerks { clerk.isAtWork = true }
    weather.storm()
    let end = scheduler.now + Int64.random(in: 10...90, using: &chance) * 1_000_000_000
    scheduler.run { scheduler.now >= end }
    for clerk in clerks { clerk.isAtWork = false }
    weather.calm()
  }

  /// Waits until nothing moves any more; why it does not.
  private func rest() -> String? {
    let healed = scheduler.now
    var isAtRest = false
    while !isAtRest {
      let next = scheduler.now + 2_000_000_000
      scheduler.run { scheduler.now >= next }
      for office in network.offices { office.start() }
      isAtRest = finish { [self] in try await isResting() } ?? false
      let seconds = Double(scheduler.now - healed) / 1e9
      slowestRestSeconds = max(slowestRestSeconds, seconds)
      if seconds > Double(Simulation.restSeconds) {
        return "healed, the network does not come to rest: \(unrest)"
      }
    }
    return nil
  }

  private func isResting() async throws -> Bool {
    if let clerk = clerks.firstIndex(where: { !$0.isDone }) {
      unrest = "the operator of \(network.offices[clerk].division) has entries left"
      return false
    }
    for office in network.offices {
      guard office.standing == .up, let ledger = office.running?.ledger else {
        unrest = "\(office.division) is \(office.standing)"
        return false
      }
      let peers = network.below(office.division).map(\.division) + [office.above].compactMap(\.self)
      for peer in peers {
        let waiting = try await ledger.read { try $0.outboxStanding(of: peer).waiting }
        if waiting > 0 {
          unrest = "\(waiting) events wait at \(office.division) for \(peer)"
          return false
        }
      }
    }
    return true
  }

  private func judge() throws -> Verdict {
    let judge = Judge(network: network, notebook: notebook)
    guard let verdict = finish({ try await judge.judge(from: 0) }) else { throw NoVerdict() }
    for line in verdict.lines { trace.note("judge", line) }
    return verdict
  }

  struct NoVerdict: Error {}

  /// How often the weather has struck.
  var strikes: Int { weather.strikes }

  /// All go home; the next day begins hours or days later, for some on an older copy of their store.
  private func night() {
    for office in network.offices { office.stop() }
    scheduler.run { network.offices.allSatisfy { $0.standing == .off } }
    for office in network.offices where Int.random(in: 0..<4, using: &chance) == 0 {
      office.keepCopy()
    }
    if let office = network.offices.randomElement(using: &chance), office.hasCopy,
      Int.random(in: 0..<2, using: &chance) == 0
    {
      notebook.forgetWhatOnly(office.division)
      office.putBackCopy()
    }
    scheduler.skip(nanoseconds: Int64.random(in: 1...72, using: &chance) * 3_600_000_000_000)
    for office in network.offices { office.start() }
    scheduler.run { network.offices.allSatisfy { $0.standing == .up } }
  }

  /// Runs asynchronous work to its end; nil: it failed.
  private func finish<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value)
    -> Value?
  {
    let outcome = Outcome<Value>()
    Task {
      do {
        outcome.result = .success(try await work())
      } catch {
        outcome.result = .failure(error)
        trace.note("all", "failed: \(error)")
      }
    }
    scheduler.run { outcome.result != nil }
    return try? outcome.result?.get()
  }

  private final class Outcome<Value>: @unchecked Sendable {
    var result: Result<Value, any Error>?
  }

  /// The line that a run ends with.
  func summary(_ verdict: Verdict) -> String {
    let (counts, disks) = (network.counts, network.offices.map { sim_disk_count($0.disk) })
    let simulated = Double(scheduler.milliseconds - Simulation.start) / 86_400_000
    return """
      seed \(order.seed): \(notebook.exchanges.count) exchanges of \(notebook.order.count) items, \
      \(String(format: "%.1f", simulated)) simulated days in \(days) stretches of work, \
      \(counts.crashes) crashes (\(disks.reduce(0) { $0 + $1.lost_sectors }) sectors lost), \
      \(counts.cuts) cuts, \(counts.blocks) one-way, \(counts.closures) closed routes, \
      \(counts.diskFaults) disk faults, \(counts.clockJumps) clock jumps, \
      \(counts.putBacks) stores put back; healed within \
      \(String(format: "%.0f", slowestRestSeconds)) s; lost \(verdict.lost.count), \
      twice \(verdict.twice.count), violations \(verdict.violations.count); \
      trace \(String(trace.digest, radix: 16)) of \(trace.lines) lines
      """
  }
}
