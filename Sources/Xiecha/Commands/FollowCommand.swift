import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha follow`.
struct FollowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: "查看一条信息及其全部经过 · One item with its full history.",
    discussion: """
      查看完整记录会留痕：谁、何时、为何、哪一条（--purpose 必填）。
      Reading a whole record leaves a trace: who, when, why, which (G2). The purpose is mandatory.
      """)

  @Argument(help: "编号 · The item.")
  var item: String

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (reply, here) = try await NodeSession.with(profile: profile.profile) { node in
      var request = FollowRequest()
      request.id = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      request.purpose = reading.purpose
      return (try await node.call(Items.follow, request), node.profile.division)
    }
    try console.show(HistoryView(reply: reply, here: here).page(in: console.language))
    return .done
  }
}
