public import ExchangeRules

/// The table of a report: columns, a row for each part, and the totals with their check (S11.1).
public struct ReportTable: Sendable {
  /// What stands in a column.
  public enum Kind: Sendable, Hashable {
    /// Words.
    case text
    /// Codes and numbers that name something: text also in a spreadsheet.
    case identity
    /// Counts; they are summed.
    case number
    /// Points in hundredths.
    case points
    /// Days.
    case date
    /// The share of one column of counts in another, by their places from 0.
    case share(count: Int, of: Int)
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// The heading.
    public var heading: String
    /// The heading over this and the columns beside it that have the same; empty: none.
    public var group: String
    /// What stands in it.
    public var kind: Kind

    /// Describes a column.
    public init(_ heading: String, _ kind: Kind, group: String = "") {
      self.heading = heading
      self.kind = kind
      self.group = group
    }

    /// The heading with that of its group.
    public var fullHeading: String { group.isEmpty ? heading : "\(group) \(heading)" }
    /// Whether its cells end at the right edge.
    var alignsRight: Bool { kind != .text && kind != .identity }
  }

  /// What a row at the end of the table says.
  public enum Total: Sendable, Hashable, CaseIterable {
    /// The sums of the parts.
    case sum
    /// The whole as it was counted by itself.
    case whole
    /// By how much the sums are off.
    case difference

    /// What people read.
    public var label: BilingualText {
      switch self {
      case .sum: BilingualText(chinese: "合计", english: "total")
      case .whole: BilingualText(chinese: "应为", english: "whole")
      case .difference: BilingualText(chinese: "差额", english: "difference")
      }
    }
  }

  /// From left to right.
  public let columns: [Column]
  /// The parts; each has a cell for every column.
  public private(set) var rows: [[ReportCell]] = []
  /// Whether the counts of the parts are to be summed.
  public let isSummed: Bool
  /// The whole as it was counted by itself, with a cell for every column; nil: it was not.
  public let whole: [ReportCell]?

  /// A table without rows.
  public init(_ columns: [Column], isSummed: Bool, whole: [ReportCell]? = nil) {
    self.columns = columns
    self.isSummed = isSummed
    self.whole = whole
  }

  /// Adds a row: a cell for every column.
  public mutating func add(_ cells: [ReportCell]) { rows.append(cells) }

  /// The columns that stand under one heading; one without a group stands alone.
  var groups: [Range<Int>] {
    var groups: [Range<Int>] = []
    for (place, column) in columns.enumerated() {
      if let last = groups.last, !column.group.isEmpty,
        columns[last.lowerBound].group == column.group
      {
        groups[groups.count - 1] = last.lowerBound..<place + 1
      } else {
        groups.append(place..<place + 1)
      }
    }
    return groups
  }

  /// The sums of the counts; nil in a column of anything else, or where the sum is beyond counting.
  public var sums: [Int?] {
    columns.indices.map { column in
      guard columns[column].kind == .number else { return nil }
      return rows.reduce(Int?.some(0)) { sum, row in
        guard let sum, let number = row[column].number else { return nil }
        let (next, overflows) = sum.addingReportingOverflow(number)
        return overflows ? nil : next
      }
    }
  }

  /// S11.1: the columns whose parts do not add up to the whole, with how much is missing; nil: beyond
  /// counting.
  public var gaps: [(column: Int, missing: Int?)] {
    guard let whole else { return [] }
    let sums = sums
    return columns.indices.compactMap { column in
      guard columns[column].kind == .number, let stated = whole[column].number else { return nil }
      guard let sum = sums[column] else { return (column, nil) }
      let (missing, overflows) = stated.subtractingReportingOverflow(sum)
      return missing == 0 ? nil : (column, overflows ? nil : missing)
    }
  }

  /// The rows at the end: the sums alone where they are right, else also what they ought to be.
  public var totals: [Total] {
    guard isSummed, !rows.isEmpty else { return [] }
    return gaps.isEmpty ? [.sum] : Total.allCases
  }

  /// The cells of such a row.
  public func cells(of total: Total, in language: Language) -> [ReportCell] {
    var cells: [ReportCell]
    switch total {
    case .sum: cells = sums.map { $0.map(ReportCell.number) ?? .text("") }
    case .whole: cells = whole ?? []
    case .difference:
      let missing = Dictionary(uniqueKeysWithValues: gaps.map { ($0.column, $0.missing) })
      cells = columns.indices.map { column in
        guard columns[column].kind == .number else { return .text("") }
        return missing[column].map { $0.map(ReportCell.number) ?? ReportCell.missing } ?? .number(0)
      }
    }
    for (place, column) in columns.enumerated() {
      switch column.kind {
      case .share(let count, let of) where total != .difference:
        guard let count = cells[count].number, let of = cells[of].number else { continue }
        cells[place] = .share(count: count, of: of)
      case .text, .identity: cells[place] = .text("")
      default: continue
      }
    }
    if let first = columns.firstIndex(where: { !$0.alignsRight }) {
      cells[first] = .text(total.label[language])
    }
    return cells
  }

  /// S11.1: what does not add up, in words; nil where everything does.
  public func complaint(in language: Language) -> String? {
    let gaps = gaps
    guard !gaps.isEmpty else { return nil }
    let named = gaps.map { gap in
      "\(columns[gap.column].fullHeading) \(gap.missing.map(String.init) ?? "?")"
    }
    return language == .chinese
      ? "⚠ 各项之和与总数不符（S11.1），差额：" + named.joined(separator: "，")
      : "⚠ the parts do not add up to the whole (S11.1), missing: " + named.joined(separator: ", ")
  }
}
