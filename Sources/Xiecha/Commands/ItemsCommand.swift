import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// A command that takes one step with each of several items.
protocol ItemsCommand: Command {
  /// The call that takes the step.
  static var method: UnaryMethod<ItemsRequest, ItemsReply> { get }
  /// The step, as a word for what was done.
  static var step: BilingualText { get }
  var profile: ProfileOptions { get }
  /// The items as they were named; nil: all whose state allows the step.
  var named: [String]? { get }
}

extension ItemsCommand {
  func perform(on console: Console) async throws -> ProgramExit {
    let view = try await NodeSession.with(profile: profile.profile) { node in
      OutcomeView(
        outcomes: try await node.forEach(named ?? [], all: named == nil, calling: Self.method),
        trace: node.trace)
    }
    try console.show(view.page(in: console.language, step: Self.step))
    return view.exit
  }
}
