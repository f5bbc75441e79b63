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
    let (items, who) = try await NodeSession.with(profile: profile.profile) { node in
      let items = try await node.items(in: .todo, state: nil, limit: nil)
      return (items, try await node.call(Account.whoAmI, WhoAmIRequest()))
    }
    try console.show(
      ItemView(items: items, shows: .assignedTo).page(
        in: console.language, empty: BilingualText(chinese: "没有待办", english: "nothing is due")))
    for notice in who.notices {
      console.warn(
        TwoLanguages.part(of: notice.text, in: .chinese),
        TwoLanguages.part(of: notice.text, in: .english))
    }
    return .done
  }
}
