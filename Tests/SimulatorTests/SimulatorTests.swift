import TestSupport
import Testing

@Suite("The simulator", .timeLimit(.minutes(10)))
struct SimulatorTests {
  /// A run, and its trace.
  private func run(_ seed: Int, in folder: TemporaryFolder, _ name: String) async throws
    -> (run: ProgramRun, trace: String)
  {
    let run = try await ProgramRun(
      ProgramRun.built("xiecha-sim"),
      [
        "--seed", "\(seed)", "--exchanges", "1", "--disks", folder.path, "--trace",
        folder.file(name), "--steps",
      ])
    return (run, try folder.text(of: name))
  }

  @Test("Seeds that have found faults find none any more", arguments: [(seed: 1, stretches: 3)])
  func found(_ known: (seed: Int, stretches: Int)) async throws {
    let folder = try TemporaryFolder()
    let run = try await ProgramRun(
      ProgramRun.built("xiecha-sim"),
      [
        "--seed", "\(known.seed)", "--stretches", "\(known.stretches)", "--exchanges", "1000000",
        "--disks", folder.path,
      ])
    #expect(run.exit == 0, "\(run.output)")
    #expect(run.output.contains("in \(known.stretches) stretches"))
  }

  @Test("The same seed gives the same run, to the byte; another gives another; none loses anything")
  func repeats() async throws {
    let folder = try TemporaryFolder()
    async let first = run(1, in: folder, "first")
    async let again = run(1, in: folder, "again")
    async let other = run(2, in: folder, "other")
    let runs = try await [first, again, other]
    #expect(runs[0].trace == runs[1].trace)
    #expect(runs[0].run.output == runs[1].run.output)
    #expect(runs[0].trace != runs[2].trace)
    #expect(runs[0].trace.contains(" crash"))
    for run in runs {
      #expect(run.run.exit == 0, "\(run.run.output)")
      #expect(run.run.output.contains("lost 0, twice 0, violations 0"))
    }
  }
}
