import ExchangeRules
import Presentation
import Reports
import Testing

/// Reports with made-up figures of synthetic places.
enum Samples {
  /// 2026-10-26 15:33:20 in China.
  static let made: Int64 = 1_793_000_000_000
  static let hostile = "<script>alert(1)</script>&\"'\u{1B}[2J\n\u{202E}=1+1"

  static func cycle() throws -> SubmissionCycle { try #require(SubmissionCycle("2026-10")) }

  static func figures(asked: Int, fedBack: Int) throws -> CycleFigures {
    let day = try #require(CivilDate("2026-10-27"))
    var figures = CycleFigures(try cycle(), asOf: day)
    figures[.submitted] = asked / 2
    for measure: FigureMeasure in [.asked, .feedbackRequired, .queries] { figures[measure] = asked }
    figures[.queriesFedBack] = fedBack
    return figures
  }

  /// Two counties within a province of which `missing` questions are placed nowhere.
  static func report(missing: Int = 0, name: String = "宝安区") throws -> FiguresReport {
    let parts = [
      FiguresReport.Part(
        try code("440306"), name: name, try figures(asked: 1000, fedBack: 949)),
      FiguresReport.Part(try code("440303"), name: "罗湖区", try figures(asked: 20, fedBack: 20)),
    ]
    var whole = CycleFigures(try cycle(), asOf: parts[0].figures.asOf)
    for part in parts { whole.add(part.figures) }
    whole[.asked] += missing
    return FiguresReport(
      cycle: try cycle(), parts: parts,
      whole: .init(try code("440000"), name: "广东省", whole))
  }

  static func ranking() throws -> RankingReport {
    let quarter = try #require(Quarter("2026Q3"))
    let formula = try #require(RankingFormula.inForce(in: quarter))
    var figures: [DivisionCode: [CycleFigures]] = [:]
    for (number, county) in ["440306", "440303", "440304", "440305"].enumerated() {
      figures[try code(county)] = [try Samples.figures(asked: 100, fedBack: 100 - number)]
    }
    let ranking = Ranking(quarter, by: formula, of: figures)
    let day = try #require(CivilDate("2026-10-27"))
    return RankingReport(
      ranking, criticised: [try code("440305")], names: [try code("440306"): "宝安区"], asOf: day)
  }

  static func code(_ text: String) throws -> DivisionCode { try #require(DivisionCode(text)) }
}
