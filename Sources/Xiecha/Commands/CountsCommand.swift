import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha counts`.
struct CountsCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts", abstract: "各状态的数量 · How many items are where.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let reply = try await NodeSession.with(profile) { node in
      try await node.call(Items.counts, CountsRequest())
    }
    if console.isJSON {
      var values: [String: UInt64] = [:]
      for count in reply.counts { values[count.name] = count.value }
      try console.showJSON(values)
      return .done
    }
    console.show(CountsView(counts: reply.counts).table(console))
    return .done
  }
}
