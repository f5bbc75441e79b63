import CSimulatedMachine
import NIOCore
import NIOEmbedded
import TestSupport

/// The one thread of a simulation: decides from the seed what runs next, and moves time on when
/// nothing is left to run.
///
/// Swift's jobs, the event loop's tasks, and what the world has planned all run here, so nothing in a
/// simulation happens beside anything else.
final class Scheduler: @unchecked Sendable {
  // Touched on the simulation's thread alone, which is what @unchecked stands on, here and in all
  // classes of this program.

  /// What something waits for: a job of Swift's, or an act of the world.
  private enum Work {
    case job(UnownedJob)
    case act(() -> Void)
  }

  private struct Appointment {
    let at: Int64
    let order: UInt64
    let work: Work
  }

  /// How far time goes at once while connections have timers of their own, in nanoseconds.
  static let quantum: Int64 = 100_000_000

  /// The event loop of every connection.
  let loop = EmbeddedEventLoop()
  /// Which of the jobs that may run runs next.
  private var chance: SeededNumbers
  private var ready: [UnownedJob] = []
  /// The soonest last.
  private var agenda: [Appointment] = []
  private var appointments: UInt64 = 0
  /// Jobs that have run.
  private(set) var steps = 0
  /// Told of every step, where somebody looks for the place at which two runs part.
  var tellStep: ((String) -> Void)?
  /// Called when something has run that may have sent bytes.
  var afterStep: () -> Void = {}
  /// Takes one step of a ledger, if one waits for it.
  var stepLedgers: (inout SeededNumbers) -> Bool = { _ in false }
  /// Whether connections are open, whose timers tick.
  var hasTimers: () -> Bool = { false }

  /// When the machine was started, in milliseconds since 1970.
  private let booted: Int64

  /// `start` is when the simulation begins, in milliseconds since 1970.
  init(seed: UInt64, start: Int64) {
    chance = SeededNumbers(seed: seed)
    let monotonic: Int64 = 1_000_000_000
    booted = start - monotonic / 1_000_000
    sim_clock_start(booted * 1_000_000, monotonic)
    loop.advanceTime(to: .now())
    SimulatedExecutor.take = { [unowned self] job, delay in
      if let delay { plan(.job(job), after: delay) } else { ready.append(job) }
    }
  }

  /// Nanoseconds since the simulation's machine was started.
  var now: Int64 { sim_clock_now() }

  /// The time, in milliseconds since 1970.
  var milliseconds: Int64 { booted + now / 1_000_000 }

  /// Plans an act of the world.
  func after(nanoseconds: Int64, _ act: @escaping () -> Void) {
    plan(.act(act), after: nanoseconds)
  }

  private func plan(_ work: Work, after delay: Int64) {
    appointments += 1
    let new = Appointment(at: now + max(0, delay), order: appointments, work: work)
    var (low, high) = (0, agenda.count)
    while low < high {
      let middle = (low + high) / 2
      let isLater = (agenda[middle].at, agenda[middle].order) > (new.at, new.order)
      if isLater { low = middle + 1 } else { high = middle }
    }
    agenda.insert(new, at: low)
  }

  /// Goes on until something is true.
  func run(until isDone: () -> Bool) {
    while !isDone() { step() }
  }

  /// Runs one thing, or moves time on.
  private func step() {
    loop.run()
    afterStep()
    // Commits gather while jobs run, and jobs run while a commit is on its way.
    if !ready.isEmpty, Int.random(in: 0..<8, using: &chance) > 0 {
      let place = Int.random(in: 0..<ready.count, using: &chance)
      ready.swapAt(place, ready.count - 1)
      run(ready.removeLast())
    } else if stepLedgers(&chance) || !ready.isEmpty {
      tellStep?("ledger or not, \(ready.count) jobs")
      afterStep()
    } else {
      tellStep?("time, \(agenda.count) later")
      moveOn()
    }
  }

  private func run(_ job: UnownedJob) {
    steps += 1
    tellStep?("job of \(ready.count + 1), \(agenda.count) later")
    job.runSynchronously(on: SimulatedExecutor.only.asUnownedTaskExecutor())
    afterStep()
  }

  private func moveOn() {
    let next = agenda.last?.at
    guard hasTimers() || next != nil else {
      preconditionFailure("nothing waits: the simulation cannot go on")
    }
    let limit = now + Scheduler.quantum
    move(to: hasTimers() ? min(next ?? limit, limit) : next ?? limit)
    while let due = agenda.last, due.at <= now {
      agenda.removeLast()
      switch due.work {
      case .job(let job): ready.append(job)
      case .act(let act): act()
      }
    }
  }

  private func move(to time: Int64) {
    sim_clock_set(max(time, now))
    loop.advanceTime(to: .now())
  }

  /// Moves the clock while every node is off: what is planned becomes due at once.
  func skip(nanoseconds: Int64) { move(to: now + nanoseconds) }
}
