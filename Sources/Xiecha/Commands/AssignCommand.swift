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

  @OptionGroup var choice: ItemChoice

  @Option(help: "区划代码，不写则按户籍地 · The division; by the household address where none is given.")
  var to: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let to, (try? WrittenDivision.read(to)) == nil {
      throw ValidationError("--to \(to)：9, 12")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let view = try await NodeSession.with(profile: profile.profile) { node in
      let ids =
        if let named = choice.named {
          try await ItemFinder(node: node).ids(of: named)
        } else {
          try await node.items(in: .in, state: .received, limit: nil).map(\.id)
        }
      var progress = console.progress()
      defer { progress.clear() }
      let to = try to.map { try WrittenDivision.read($0).value.description } ?? ""
      let outcomes = try await node.atOnce(ids) { done in
        progress.show(
          console.text("分解", "assign"), done: done, of: ids.count, now: SystemClock.milliseconds)
      } _: { id in
        try await AssignCommand.assign(id, to: to, at: node)
      }
      return OutcomeView(outcomes: outcomes, trace: node.trace)
    }
    let step = BilingualText(chinese: "分解", english: "assigned")
    try console.show(view.page(in: console.language, step: step))
    return view.exit
  }

  /// One item; a refusal concerns it alone, everything else ends the command.
  private static func assign(
    _ id: [UInt8], to division: String, at node: NodeSession
  ) async throws -> ItemOutcome {
    var request = AssignRequest()
    request.id = id
    request.to = division
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
