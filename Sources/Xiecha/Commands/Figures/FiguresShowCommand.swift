import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program
import Reports

/// `xiecha figures`.
struct FiguresShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "显示数字 · Show figures, and with --items what they count.")

  @OptionGroup var asked: FigureOptions

  @Option(help: "按哪级分列 · province, prefecture, county, township, village.")
  var by: String?

  @Option(help: "统计截止日期，不写则今天 · As of the end of this day, YYYY-MM-DD.")
  var asOf: String?

  @Flag(help: "列出每个数字所计的信息（留痕） · List the items of each figure; leaves a trace (G2).")
  var items = false

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = (try level(), try SubjectOptions.day("--as-of", asOf))
    if items, try file.chosen() != nil {
      throw ValidationError("--items, --format：选其一 · one of them")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let (level, day) = (try level(), try SubjectOptions.day("--as-of", asOf))
    let node = profile.profile
    if let chosen = try file.chosen() {
      let report = try await NodeSession.with(profile: node) { node in
        let parts = try await node.figuresView(of: cycle, in: division, by: level, asOf: day)
        var report = parts.report
        if chosen.format == .html, let asOf = parts.rows.first?.figures.asOf {
          try await node.chart(&report, of: division, asOf: asOf)
        }
        return report
      }
      return try chosen.write(
        report.report(in: console.language, made: SystemClock.milliseconds), on: console)
    }
    let view = try await NodeSession.with(profile: node) { node in
      var view = try await node.figuresView(of: cycle, in: division, by: level, asOf: day)
      if items { view.count(try await node.countedItems(of: cycle, in: division), at: level) }
      return view
    }
    try console.show(view.page(in: console.language))
    return .done
  }

  private func level() throws -> DivisionLevel? {
    try by.map { word in
      guard let level = DivisionLevel(word: word) else {
        let words = DivisionLevel.allCases.map(\.word).joined(separator: ", ")
        throw ValidationError("--by \(word)：\(words)")
      }
      return level
    }
  }
}
