import ArgumentParser
import Operator
import Presentation
import Program

/// `xiecha report make`.
struct ReportMakeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "生成并上报本单位的报表 · Make one's own office's report, and send it up.")

  @OptionGroup var choice: ReportChoice
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (kind, month) = (try choice.kind(), try choice.chosenMonth())
    let letter = try await NodeSession.with(profile: profile.profile) { node in
      try await node.makeReport(kind, of: month)
    }
    try console.show(LettersView(letters: [letter]).page(in: console.language))
    return .done
  }
}
