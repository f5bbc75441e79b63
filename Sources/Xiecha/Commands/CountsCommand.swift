import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha counts`.
struct CountsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "counts", abstract: "各状态的数量 · How many items are where.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      try await node.call(Items.counts, CountsRequest())
    }
    try console.show(CountsView(counts: reply.counts).page(in: console.language))
    return .done
  }
}
