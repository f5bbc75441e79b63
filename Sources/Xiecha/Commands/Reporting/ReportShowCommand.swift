import ArgumentParser
import Operator
import Presentation
import Program
import Reports

/// `xiecha report show`.
struct ReportShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "显示一份花名册或月报表 · Show a roster or monthly tables.")

  @Argument(help: "函件编号 · The letter.")
  var letter: String

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      try await node.letter(letter)
    }
    let view = SentReportView(reply: reply)
    guard let chosen = try file.chosen() else {
      try console.show(view.page(in: console.language))
      return .done
    }
    guard let report = view.report(in: console.language) else {
      throw ProgramFailure(
        .badInput, "letter", chinese: "\(letter) 不是花名册或月报表，请用 xiecha dun show",
        english: "\(letter) is no roster and no monthly tables; use xiecha dun show")
    }
    return try chosen.write(report, on: console)
  }
}
