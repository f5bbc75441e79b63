import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha close`.
struct CloseCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "办结已反馈的信息 · Close what was answered.")

  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "全部 · All that can be closed.")
  var all = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try ItemsOrAll.check(items, all) }

  func perform(on console: Console) async throws -> ProgramExit {
    let outcomes = try await NodeSession.with(profile: profile.profile) { node in
      try await node.forEach(items, all: all, calling: Items.close)
    }
    let view = OutcomeView(outcomes: outcomes)
    try console.show(view.page(in: console.language, chinese: "办结", english: "closed"))
    return view.exit
  }
}
