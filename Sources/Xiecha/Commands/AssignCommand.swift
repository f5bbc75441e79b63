import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program
import Wire

/// `xiecha assign`.
struct AssignCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "分解到乡镇或村 · Split to a township or village (S10.2).")

  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "全部已接收的 · All that were received.")
  var all = false

  @Option(help: "区划代码；不写则按户籍地 · The division; none: by the household address.")
  var to: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    try ItemsOrAll.check(items, all)
    if let to, DivisionCode(to) == nil { throw ValidationError("--to \(to)：9, 12") }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let outcomes = try await NodeSession.with(profile: profile.profile) { node in
      let ids =
        all
        ? try await node.items(in: .in, state: .received, limit: nil).map(\.id)
        : try await ItemFinder(node: node).ids(of: items)
      var progress = console.progress()
      defer { progress.clear() }
      var outcomes: [ItemOutcome] = []
      for id in ids {
        outcomes.append(try await assign(id, at: node))
        progress.show(
          console.text("分解", "assign"), done: outcomes.count, of: ids.count, now: NodeSession.now)
      }
      return outcomes
    }
    let view = OutcomeView(outcomes: outcomes)
    try console.show(view.page(in: console.language, chinese: "分解", english: "assigned"))
    return view.exit
  }

  /// One item; a refusal concerns it alone, everything else ends the command.
  private func assign(_ id: [UInt8], at node: NodeSession) async throws -> ItemOutcome {
    var request = AssignRequest()
    request.id = id
    request.to = to ?? ""
    var outcome = ItemOutcome()
    outcome.id = id
    do {
      _ = try await node.call(Items.assign, request)
      outcome.done = true
    } catch {
      guard error.explanation.exit == .refused else { throw error }
      outcome.refusal = Refusal(error)
    }
    return outcome
  }
}
