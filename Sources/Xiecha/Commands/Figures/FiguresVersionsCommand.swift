import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha figures versions`.
struct FiguresVersionsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "已结束周期的定格数字 · The frozen figures of a closed cycle, with what was corrected.",
    discussion: """
      周期结束后各县（市、区）的数字按27日定格；之后有更正的，成为新版本，旧版本保留。
      When a cycle has closed, each county's figures are frozen as of the 27th. A later correction is a \
      new version beside the old. The digest stands for the items that each figure counts.
      """)

  @OptionGroup var asked: FigureOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let versions = try await NodeSession.with(profile: profile.profile) { node in
      try await node.figureVersions(of: cycle, in: division)
    }
    try console.show(
      FigureVersionsView(cycle: cycle, versions: versions).page(in: console.language))
    return .done
  }
}
