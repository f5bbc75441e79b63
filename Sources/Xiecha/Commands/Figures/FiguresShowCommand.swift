import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

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

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = (try level(), try SubjectOptions.day("--as-of", asOf))
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let (level, day) = (try level(), try SubjectOptions.day("--as-of", asOf))
    let (figures, identified) = try await NodeSession.with(profile: profile.profile) { node in
      let figures = try await node.figures(of: cycle, in: division, by: level, asOf: day)
      let items = items ? try await node.countedItems(of: cycle, in: division) : []
      return (figures, items)
    }
    var view = FiguresView(cycle: cycle, rows: figures.map { .init($0.division, $0.figures) })
    if items { view.count(identified, at: level) }
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
