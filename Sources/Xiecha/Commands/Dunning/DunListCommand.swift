import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha dun list`.
struct DunListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "列出一周的催办 · List a week's letters, and what became of each.")

  @Option(help: "哪一周（其中任一天），不写则最近一周 · A day of the week, YYYY-MM-DD; the last one if none.")
  var week: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try SubjectOptions.day("--week", week) }

  func perform(on console: Console) async throws -> ProgramExit {
    let friday = try SubjectOptions.day("--week", week).map { DunningWeek(containing: $0).friday }
    let letters = try await NodeSession.with(profile: profile.profile) { node in
      try await node.letters(.dunning, of: friday)
    }
    try console.show(LettersView(letters: letters).page(in: console.language))
    return .done
  }
}
