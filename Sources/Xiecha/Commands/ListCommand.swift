import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha list`.
struct ListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "列出信息 · List what came in or went out.")

  @Flag(name: .customLong("in"), help: "收到的（默认） · What was put to us (the default).")
  var incoming = false

  @Flag(name: .customLong("out"), help: "发出的 · What we put to others.")
  var outgoing = false

  @Option(help: "状态 · entered, submitted, relayed, delivered, received, assigned, answered, …")
  var state: String?

  @Flag(help: "含办结六个月以上的 · Also what came to its end more than six months ago.")
  var old = false

  @Option(help: "最多几条 · At most this many.")
  var limit: Int?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if incoming && outgoing { throw ValidationError("--in 与 --out 只能用一个 · choose --in or --out") }
    if let state, ItemState(word: state) == nil {
      let words = ItemState.allCases.map(\.word).joined(separator: ", ")
      throw ValidationError("--state \(state)：\(words)")
    }
    if let limit, limit < 1 { throw ValidationError("--limit \(limit)：1…") }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let wanted = state.flatMap { ItemState(word: $0) }
    let box: Box = outgoing ? .out : .in
    let items = try await NodeSession.with(profile: profile.profile) { node in
      try await node.items(in: box, state: wanted, limit: limit, old: old)
    }
    try console.show(
      ItemView(items: items, shows: outgoing ? .to : .from).page(
        in: console.language, empty: BilingualText(chinese: "没有信息", english: "nothing")))
    return .done
  }
}
