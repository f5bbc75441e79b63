import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Presentation

/// `xiecha todo`.
struct TodoCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo", abstract: "待办，先到期的在前 · What is due, soonest first.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let items = try await NodeSession.with(profile) { node in
      try await node.items(in: .todo, state: nil, limit: nil)
    }
    try ItemView(items: items, shows: .assignedTo).show(
      on: console, empty: BilingualText(chinese: "没有待办", english: "nothing is due"))
    return .done
  }
}
