import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha receive`.
struct ReceiveCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "接收送达的信息 · Receive what was delivered.")

  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "全部 · All that were delivered.")
  var all = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try ItemsOrAll.check(items, all) }

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let outcomes = try await NodeSession.with(profile) { node in
      try await node.forEach(items, all: all, calling: Items.receive)
    }
    return try OutcomeView(outcomes: outcomes)
      .show(on: console, chinese: "接收", english: "received")
  }
}
