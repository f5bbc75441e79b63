import ArgumentParser
import CSimulatedMachine
import Foundation

/// `xiecha-sim --seed S --exchanges N`.
struct SimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-sim",
    abstract: "Simulates a network under faults, from a seed, and judges what it holds.",
    discussion: """
      Ends with one line. Status 0: nothing was lost, nothing done twice, nothing else wrong. \
      Status 1: something was; the same seed shows it again.
      """)

  @Option(help: "Decides everything that happens.")
  var seed: UInt64 = 1

  @Option(help: "Ends after so many exchanges that came to their answer.")
  var exchanges = 200

  @Option(help: "Ends after so many minutes of this machine.")
  var minutes: Double?

  @Option(help: "Writes all that happens into this file.")
  var trace: String?

  @Flag(help: "Writes every step of the scheduler too: where two runs part shows there.")
  var steps = false

  @Option(help: "Ends after so many stretches of work.")
  var stretches = Int.max

  @Option(help: "Only these strikes of the weather happen, by their numbers: 3,17. 0: none.")
  var only: String?

  @Flag(inversion: .prefixedNo, help: "Looks for the fewest strikes that show what is wrong.")
  var shrink = false

  @Option(help: "Where the disks lie: a file system in memory is the fastest.")
  var disks = "/dev/shm"

  func run() throws {
    let folder = "\(disks)/xiecha-sim-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let simulation = try Simulation(
      Simulation.Order(
        seed: seed, exchanges: exchanges, seconds: minutes.map { $0 * 60 }, tracePath: trace,
        tracesSteps: steps, strikes: try onlyStrikes(), stretches: stretches),
      in: folder)
    let verdict = try simulation.run()
    for line in verdict.lines.prefix(20) { print(line) }
    print(simulation.summary(verdict))
    if verdict.isGood { return }
    if shrink { printShortest(simulation) }
    throw ExitCode(1)
  }

  /// For how long to shrink, in minutes of this machine.
  private static let shrinkingMinutes: Int64 = 10

  private func printShortest(_ simulation: Simulation) {
    let kept = Shrinking(
      seed: seed, stretches: simulation.days, disks: disks,
      deadline: sim_real_nanoseconds() + SimCommand.shrinkingMinutes * 60_000_000_000
    ).shrink(simulation.strikes)
    let only = kept.isEmpty ? "0" : kept.map(String.init).joined(separator: ",")
    print("again: xiecha-sim --seed \(seed) --stretches \(simulation.days) --only \(only)")
  }

  private func onlyStrikes() throws -> Set<Int>? {
    guard let only else { return nil }
    return Set(
      try only.split(separator: ",").map { text in
        guard let number = Int(text) else {
          throw ValidationError("--only takes numbers: 3,17, not \(text)")
        }
        return number
      })
  }
}
