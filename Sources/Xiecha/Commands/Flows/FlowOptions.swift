import ArgumentParser
import ExchangeRules

/// Of which period flows are asked for, and by which divisions.
struct FlowOptions: ParsableArguments {
  @Option(help: "第一天 · The first day, YYYY-MM-DD.")
  var first: String

  @Option(help: "最后一天 · The last day, YYYY-MM-DD.")
  var last: String

  @Option(help: "按哪级 · province, prefecture, county, township.")
  var by = "county"

  func validate() throws { _ = try release() }

  func release() throws -> FlowRelease {
    guard let level = DivisionLevel(word: by), level <= .township else {
      throw ValidationError("--by \(by)：province, prefecture, county, township")
    }
    guard let first = try SubjectOptions.day("--first", first),
      let last = try SubjectOptions.day("--last", last),
      let release = FlowRelease(first: first, last: last, level: level)
    else { throw ValidationError("--first \(first) --last \(last)：--first ≤ --last") }
    return release
  }
}
