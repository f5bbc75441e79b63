import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program
import Reports

/// `xiecha flows show`.
struct FlowsShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "显示已发布的流动表 · Show the tables of a published period.")

  @OptionGroup var period: FlowOptions

  @Option(help: "写成文件的是哪张表 · Which table a file gets: destination, sex, age, education.")
  var table = "destination"

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try beside() }

  func perform(on console: Console) async throws -> ProgramExit {
    let (release, beside) = (try period.release(), try beside())
    let (flows, whose) = try await NodeSession.with(profile: profile.profile) { node in
      (try await node.flows(release), node.profile.division)
    }
    let view = FlowsView(release: release, flows: flows)
    guard let chosen = try file.chosen() else {
      try console.show(view.page(in: console.language))
      return .done
    }
    guard let report = view.report(by: beside, in: console.language) else {
      throw ProgramFailure(
        .refused, "nothing-shown", chinese: "该时段不足5人，没有可公布的表",
        english: "fewer than five persons moved: no table is shown")
    }
    return try chosen.write(
      report.report(
        in: console.language, of: DivisionText.short(whose), published: flows.published),
      on: console)
  }

  private func beside() throws -> FlowBeside {
    guard let beside = FlowBeside.allCases.first(where: { $0.word == table.lowercased() }) else {
      let words = FlowBeside.allCases.map(\.word).joined(separator: ", ")
      throw ValidationError("--table \(table)：\(words)")
    }
    return beside
  }
}
