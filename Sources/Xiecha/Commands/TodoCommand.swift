import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha todo`.
struct TodoCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "todo", abstract: "待办，先到期的在前 · What is due, soonest first.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let items = try await NodeSession.with(profile: profile.profile) { node in
      try await node.items(in: .todo, state: nil, limit: nil)
    }
    try console.show(
      ItemView(items: items, shows: .assignedTo).page(
        in: console.language, empty: BilingualText(chinese: "没有待办", english: "nothing is due")))
    return .done
  }
}
