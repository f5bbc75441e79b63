import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program
import Reports

/// `xiecha township show`.
struct TownshipShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "显示各单位的工作 · Show each office's work in a cycle.")

  @OptionGroup var asked: FigureOptions

  @Option(help: "按哪级分列 · township or village.")
  var by: String?

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try level() }

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let level = try level()
    let (work, own) = try await NodeSession.with(profile: profile.profile) { node in
      (try await node.work(in: cycle, of: division, by: level), node.profile.division)
    }
    let view = WorkView(cycle: cycle, work: work)
    guard let chosen = try file.chosen() else {
      try console.show(view.page(in: console.language))
      return .done
    }
    let whose = DivisionText.short(division.map { "\($0)" } ?? own)
    return try chosen.write(
      view.report.report(in: console.language, of: whose, made: SystemClock.milliseconds),
      on: console)
  }

  private func level() throws -> DivisionLevel? {
    try by.map { word in
      guard let level = DivisionLevel(word: word), level >= .county else {
        throw ValidationError("--by \(word)：county, township, village")
      }
      return level
    }
  }
}
