import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha township late`.
struct TownshipLateCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "late",
    abstract: "逾期信息及责任人（留痕） · What is late, and who answers for it; leaves a trace.")

  @Option(help: "县（市、区）或其下的单位，不写则本单位 · A county or one below it; one's own if none.")
  var of: String?

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try FigureOptions.division("--of", of) }

  func perform(on console: Console) async throws -> ProgramExit {
    let division = try FigureOptions.division("--of", of)
    let (lines, own) = try await NodeSession.with(profile: profile.profile) { node in
      (try await node.lateItems(of: division), node.profile.division)
    }
    let view = LateItemsView(lines: lines)
    if let chosen = try file.chosen() {
      let whose = DivisionText.short(division.map { "\($0)" } ?? own)
      let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
      return try chosen.write(
        view.report(in: console.language, of: whose, on: today), on: console)
    }
    try console.show(view.page(in: console.language))
    return .done
  }
}
