import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha township sample`.
struct TownshipSampleCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "抽取反馈样本（留痕） · Draw answers for a spot check; leaves a trace.",
    discussion: """
      同样的信息、同样的种子，抽出同样的样本，任何人都可重抽核对。
      From the same items and the same seed comes the same sample: anybody can draw it again.
      """)

  @OptionGroup var asked: FigureOptions

  @Option(help: "种子 · The seed, 0 to 18446744073709551615.")
  var seed: UInt64

  @Option(help: "抽几条，1 到 1000 · How many, 1 to 1000.")
  var count = 20

  @Option(help: "反馈截至日期，不写则今天 · Answered through this day, YYYY-MM-DD.")
  var asOf: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("--count \(count)：1…1000") }
    _ = try SubjectOptions.day("--as-of", asOf)
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let day = try SubjectOptions.day("--as-of", asOf)
    let lines = try await NodeSession.with(profile: profile.profile) { node in
      try await node.sample(count, in: cycle, of: division, asOf: day, seed: seed)
    }
    try console.show(SampleView(lines: lines).page(in: console.language))
    return .done
  }
}
