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
    let (letters, items, who) = try await NodeSession.with(profile: profile.profile) { node in
      let items = try await node.items(in: .todo, state: nil, limit: nil)
      var letters: [LetterSummary] = []
      for kind in LetterKind.allCases { letters += try await node.lettersWaiting(kind) }
      return (letters, items, try await node.call(Account.whoAmI, WhoAmIRequest()))
    }
    var page = Page()
    if !letters.isEmpty {
      page.add(
        heading: console.language.text(
          "函件待签收：xiecha dun（催办）、xiecha report（花名册、月报表）",
          "letters to be acknowledged: xiecha dun, xiecha report (rosters, monthly tables)"))
      page.append(LettersView(letters: letters).page(in: console.language))
      page.addGap()
    }
    page.append(
      ItemView(items: items, shows: .assignedTo).page(
        in: console.language, empty: BilingualText(chinese: "没有待办", english: "nothing is due")))
    try console.show(page)
    for notice in who.notices {
      console.warn(
        TwoLanguages.part(of: notice.text, in: .chinese),
        TwoLanguages.part(of: notice.text, in: .english))
    }
    return .done
  }
}
