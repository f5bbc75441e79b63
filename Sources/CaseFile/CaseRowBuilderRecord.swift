import ExchangeRules

// The typed record of the row's category.
extension CaseRowBuilder {
  /// The fields of the record, by their keys. A value that would be lost, because its column belongs
  /// to another category, is a problem of the row (S6.7).
  mutating func record(of category: ExchangeRules.Category) -> [String: RecordValue] {
    var record: [String: RecordValue] = [:]
    for (index, meaning) in cells.headings.meanings.enumerated()
    where !meaning.recordColumns.isEmpty {
      let written = cells.content(at: index)
      guard !written.isEmpty else { continue }
      guard let column = meaning.recordColumns.first(where: { $0.category == category }) else {
        if meaning.field == nil, let other = meaning.recordColumns.first {
          cells.add(.notForCategory, toColumn: index, other)
        }
        continue
      }
      switch CaseRowBuilder.value(written, of: column.content) {
      case .success(let value): record[column.key] = value
      case .failure(let problem): cells.add(problem.reason, toColumn: index, column)
      }
    }
    for column in options.columns
    where column.category == category && column.isMandatory && record[column.key] == nil {
      addMissing(column)
    }
    return record
  }

  private mutating func addMissing(_ column: CaseColumn) {
    let field = "record.\(column.key)"
    guard !cells.problems.contains(where: { $0.field == field }) else { return }
    cells.add(
      RowProblem(field: field, heading: column.heading, reason: .missing, maskedValue: ""))
  }

  /// A cell that is not what its column holds.
  struct CellRefusal: Error {
    let reason: RowReason
  }

  static func value(
    _ written: String, of content: CaseColumn.Content
  ) -> Result<RecordValue, CellRefusal> {
    let code = CellText.code(of: written)
    switch content {
    case .text(let maximum):
      if written.utf8.count > maximum { return .failure(CellRefusal(reason: .textTooLong)) }
      // A number typed into a text column (a certificate's, say) suffers like a citizen ID number.
      if CellText.isScientific(code) { return .failure(CellRefusal(reason: .scientificNotation)) }
      return .success(.text(written))
    case .date:
      return CellDate.parse(written).map(RecordValue.date)
        .mapError { CellRefusal(reason: $0.reason) }
    case .yesNo:
      guard let answer = yesNo(code) else { return .failure(CellRefusal(reason: .unknownValue)) }
      return .success(.yesNo(answer))
    case .number(let bounds):
      guard let number = Int64(code) else { return .failure(CellRefusal(reason: .notANumber)) }
      guard bounds.contains(number) else { return .failure(CellRefusal(reason: .outOfRange)) }
      return .success(.number(number))
    case .money:
      guard let fen = fen(code) else { return .failure(CellRefusal(reason: .notAnAmount)) }
      return .success(.fen(fen))
    case .code(let table):
      let found = table.first { $0.code == code || $0.name == written }
      guard let found else { return .failure(CellRefusal(reason: .unknownValue)) }
      return .success(.code(found.code))
    }
  }

  /// Yuan with at most two decimals, as fen: `1,234.5` and `¥1234.50元` are 123450.
  private static func fen(_ code: String) -> Int64? {
    var text = code.filter { $0 != "," && $0 != "，" && $0 != "¥" && $0 != "￥" }
    if text.hasSuffix("元") { text.removeLast() }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, CellText.isDigits(whole), whole.utf8.count <= 12,
      parts.count <= 2, let yuan = Int64(whole)
    else { return nil }
    guard parts.count == 2, let decimals = parts.last else { return yuan * 100 }
    guard CellText.isDigits(decimals), decimals.utf8.count <= 2,
      let cents = Int64(decimals.utf8.count == 1 ? decimals + "0" : String(decimals))
    else { return nil }
    return yuan * 100 + cents
  }
}
