import ExchangeRules
import Operator
import Presentation

/// Which figures an address asks for: cycle, division, level; what is written wrongly is refused with
/// the remedy.
struct AskedFigures {
  let cycle: SubmissionCycle
  /// Nil: the clerk's own.
  let division: DivisionCode?
  /// Nil: the division itself.
  let level: DivisionLevel?

  init(_ visit: Visit) throws(ProgramFailure) {
    let cycle = visit.query["cycle"]
    guard
      let chosen = cycle.isEmpty
        ? SubmissionCycle(containing: visit.today) : SubmissionCycle(cycle)
    else {
      throw ProgramFailure(
        .badInput, "cycle", chinese: "“\(cycle)”不是周期：请写年-月，如 2026-10",
        english: "\(cycle) is no cycle: write YYYY-MM, such as 2026-10")
    }
    self.cycle = chosen
    division = try AskedFigures.division(visit.query["of"])
    level = DivisionLevel(word: visit.query["by"])
  }

  /// The division that a field names; nil where it is empty.
  static func division(_ written: String) throws(ProgramFailure) -> DivisionCode? {
    guard !written.isEmpty else { return nil }
    guard let division = try? WrittenDivision.read(written).value else {
      throw ProgramFailure(
        .badInput, "of", chinese: "“\(written)”不是区划代码：请写 6、9 或 12 位数字",
        english: "\(written) is no division's code: write 6, 9 or 12 digits")
    }
    return division
  }

  /// The form that asks.
  func filter(_ path: String, _ visit: Visit, levels: [DivisionLevel]) -> Markup {
    Form.filter(
      path, visit.language,
      [
        Form.line("cycle", visit.text("周期", "cycle"), value: "\(cycle)"),
        Form.line(
          "of", visit.text("区划代码", "division"), value: division.map { "\($0)" } ?? "",
          hint: visit.text("不填为本单位", "empty: one's own")),
        Form.choice(
          "by", visit.text("分列", "by"),
          [("", visit.text("合计", "the whole"))]
            + levels.map { ($0.word, $0.label[visit.language]) }, chosen: level?.word ?? ""),
      ])
  }

  /// The levels below an office, down to the village.
  static func levels(below division: String) -> [DivisionLevel] {
    let own = DivisionCode(division).map { $0.isCounty ? .county : $0.level } ?? .county
    return DivisionLevel.allCases.filter { $0 > own }
  }
}
