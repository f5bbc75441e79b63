import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha right decide`.
struct RightDecideCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "决定个人请求 · Approve or refuse what a person asks for, for what this office holds.")

  /// What is decided.
  enum Outcome: EnumerableFlag {
    case grant, refuse

    static func help(for value: Outcome) -> ArgumentHelp? {
      value == .grant ? "同意 · It is granted." : "不予办理 · It is refused."
    }
  }

  @Argument(help: "编号 · The item.")
  var item: String

  @Flag var outcome: Outcome

  @Option(
    help: .init("不是最近一次的，写明其编号（follow --json）· That very request.", valueName: "id"))
  var request: String?

  @Option(help: "理由 · Why.")
  var reason: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let request, RightDecideCommand.id(request) == nil {
      throw ValidationError("--request \(request)：完整的编号 · the whole id of a request")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let done = try await NodeSession.with(profile: profile.profile) { node in
      var decision = DecideRequest()
      decision.item = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      decision.event = request.flatMap(RightDecideCommand.id) ?? []
      decision.granted = outcome == .grant
      decision.reason = reason
      return try await node.call(Subjects.decide, decision)
    }
    try console.show(DoneView(item: item, done: done).page(in: console.language))
    return .done
  }

  private static func id(_ text: String) -> [UInt8]? {
    guard case .whole(let bytes)? = ItemName.read(text) else { return nil }
    return bytes
  }
}
