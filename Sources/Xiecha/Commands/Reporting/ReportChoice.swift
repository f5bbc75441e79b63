import ArgumentParser
import ExchangeRules
import Presentation

/// Which report of which month.
struct ReportChoice: ParsableArguments {
  @Argument(help: "roster 花名册, tables 月报表.")
  var report: String

  @Option(help: "月份，不写则上月 · The month, YYYY-MM; the last one where none is given.")
  var month: String?

  func validate() throws { _ = (try kind(), try chosenMonth()) }

  func kind() throws -> LetterKind {
    guard let kind = LetterKind(word: report), kind.isUpward else {
      let words = LetterKind.allCases.filter(\.isUpward).map(\.word).joined(separator: ", ")
      throw ValidationError("\(report)：\(words)")
    }
    return kind
  }

  func chosenMonth() throws -> CycleMonth {
    guard let month else {
      return CycleMonth(containing: CivilDate(chinaDateOf: SystemClock.milliseconds)).previous
    }
    guard let chosen = CycleMonth(month) else { throw ValidationError("--month \(month)：YYYY-MM") }
    return chosen
  }
}
