import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha close`.
struct CloseCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "办结已反馈的信息 · Close what was answered.")

  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "全部 · All that can be closed.")
  var all = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { try ItemsOrAll.check(items, all) }

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let outcomes = try await NodeSession.with(profile) { node in
      try await node.forEach(items, all: all, calling: Items.close)
    }
    return try OutcomeView(outcomes: outcomes).show(on: console, chinese: "办结", english: "closed")
  }
}
