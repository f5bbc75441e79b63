public import CaseFile
public import ExchangeRules
internal import Presentation

/// The bulletins of a table of figures, a row each.
public enum BulletinFile {
  /// One office's figures as they were reported.
  public struct Entry: Sendable {
    /// The line of the table, from 1.
    public var line: Int
    /// The office, where the table names it.
    public var office: String
    /// The figures that the table has.
    public var figures: [BulletinFigure: Int]

    /// The figures as the rules check them.
    public var bulletin: Bulletin { Bulletin { figures[$0] ?? 0 } }
  }

  /// The rows as bulletins.
  ///
  /// - Throws: ``Presentation/ProgramFailure`` where a heading is missing or a figure is no number.
  public static func bulletins(of table: FigureTable) throws -> [Entry] {
    var places: [BulletinFigure: Int] = [:]
    for figure in BulletinFigure.allCases {
      let words = [figure.label.chinese, figure.label.english, figure.rawValue]
      places[figure] = table.headings.firstIndex { words.contains($0) }
    }
    let missing = BulletinFigure.allCases.filter { places[$0] == nil }
    guard missing.isEmpty else {
      let (chinese, english) = (
        missing.map(\.label.chinese).joined(separator: "、"),
        missing.map(\.label.english).joined(separator: ", ")
      )
      throw ProgramFailure(
        .badInput, "missingHeadings", chinese: "标题行缺少：\(chinese)",
        english: "headings are missing: \(english)")
    }
    let office = table.headings.firstIndex { ["单位", "乡镇", "office"].contains($0) }
    return try table.rows.map { row in
      var entry = Entry(line: row.line, office: office.map { row.cells[$0] } ?? "", figures: [:])
      for (figure, place) in places {
        entry.figures[figure] = try number(row.cells[place], of: figure, in: row.line)
      }
      return entry
    }
  }

  /// A figure; what is not there is no zero.
  private static func number(
    _ text: String, of figure: BulletinFigure, in line: Int
  ) throws -> Int {
    guard let number = (try? WrittenAmount.count(text)).map({ Int($0.value) }) else {
      throw ProgramFailure(
        .badInput, "notANumber", chinese: "第\(line)行“\(figure.label.chinese)”不是数字",
        english: "line \(line): \(figure.label.english) is no number")
    }
    return number
  }
}
