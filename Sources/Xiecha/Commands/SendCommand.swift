import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha send`.
struct SendCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "提交已录入的信息 · Send what is entered and not sent.")

  @Argument(help: "编号；不写则全部 · Items; none: all.")
  var items: [String] = []

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let outcomes = try await NodeSession.with(profile: profile.profile) { node in
      try await node.forEach(items, all: items.isEmpty, calling: Items.send)
    }
    let view = OutcomeView(outcomes: outcomes)
    try console.show(view.page(in: console.language, chinese: "提交", english: "sent"))
    return view.exit
  }
}
