import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha send`.
struct SendCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "提交已录入的信息 · Send what is entered and not sent.")

  @Argument(help: "编号；不写则全部 · Items; none: all.")
  var items: [String] = []

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let outcomes = try await NodeSession.with(profile) { node in
      try await node.forEach(items, all: items.isEmpty, calling: Items.send)
    }
    return try OutcomeView(outcomes: outcomes).show(on: console, chinese: "提交", english: "sent")
  }
}
