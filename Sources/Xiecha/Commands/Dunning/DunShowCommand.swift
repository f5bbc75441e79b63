import ArgumentParser
import Operator
import Presentation
import Program

/// `xiecha dun show`.
struct DunShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "显示一份催办名单 · Show a list: what, how late, whose.")

  @Argument(help: "函件编号 · The letter.")
  var letter: String

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      try await node.letter(letter)
    }
    let view = DunningView(reply: reply)
    guard let chosen = try file.chosen() else {
      try console.show(view.page(in: console.language))
      return .done
    }
    return try chosen.write(view.report(in: console.language), on: console)
  }
}
