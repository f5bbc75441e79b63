import ArgumentParser
import Operator
import Presentation
import Program

/// `xiecha flows list`.
struct FlowsListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "已发布的时段 · The periods that are published.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let periods = try await NodeSession.with(profile: profile.profile) { node in
      try await node.publishedPeriods()
    }
    try console.show(FlowPeriodsView(periods: periods).page(in: console.language))
    return .done
  }
}
