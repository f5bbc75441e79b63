import ArgumentParser
import ExchangeRules
import Presentation

/// Of which cycle and division figures are asked for.
struct FigureOptions: ParsableArguments {
  @Option(help: "周期，不写则当前 · The cycle, YYYY-MM; the present one where none is given.")
  var cycle: String?

  @Option(help: "行政区划代码，不写则本单位 · The division; one's own where none is given.")
  var of: String?

  func validate() throws {
    _ = (try chosenCycle(), try division())
  }

  func chosenCycle() throws -> SubmissionCycle {
    guard let cycle else {
      return SubmissionCycle(containing: CivilDate(chinaDateOf: SystemClock.milliseconds))
    }
    guard let chosen = SubmissionCycle(cycle) else {
      throw ValidationError("--cycle \(cycle)：YYYY-MM")
    }
    return chosen
  }

  func division() throws -> DivisionCode? { try FigureOptions.division("--of", of) }

  /// The division that an option names.
  static func division(_ option: String, _ written: String?) throws -> DivisionCode? {
    try written.map { written in
      do {
        return try WrittenDivision.read(written).value
      } catch {
        throw ValidationError("\(option) \(written)：440000, 440306, 440306018, 440306018001")
      }
    }
  }
}
