import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha receive`.
struct ReceiveCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "接收送达的信息 · Receive what was delivered.")

  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "全部 · All that were delivered.")
  var all = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try ItemsOrAll.check(items, all) }

  func perform(on console: Console) async throws -> ProgramExit {
    let outcomes = try await NodeSession.with(profile: profile.profile) { node in
      try await node.forEach(items, all: all, calling: Items.receive)
    }
    let view = OutcomeView(outcomes: outcomes)
    try console.show(view.page(in: console.language, chinese: "接收", english: "received"))
    return view.exit
  }
}
