import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha report list`.
struct ReportListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "各单位报送情况 · Who has sent a month's report, and who has not.")

  @OptionGroup var choice: ReportChoice

  @Option(help: "县（市、区）或其下的单位，不写则本单位 · A county or one below it; one's own if none.")
  var of: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try FigureOptions.division("--of", of) }

  func perform(on console: Console) async throws -> ProgramExit {
    let (kind, month) = (try choice.kind(), try choice.chosenMonth())
    let division = try FigureOptions.division("--of", of)
    let standings = try await NodeSession.with(profile: profile.profile) { node in
      try await node.reports(kind, of: month, in: division)
    }
    let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
    let view = StandingsView(kind: kind, month: month, today: today, standings: standings)
    try console.show(view.page(in: console.language))
    return .done
  }
}
