import ExchangeRules

// The typed record of the row's category.
extension CaseRowBuilder {
  /// The fields of the record by their names, checked by the shared schema (S3, S12.2). A value that
  /// would be lost, because its column belongs to another category, is a problem of the row (S6.7).
  mutating func record(of category: ExchangeRules.Category) -> [String: RecordFieldValue] {
    var record: [String: RecordFieldValue] = [:]
    var places: [String: Int] = [:]
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
      places[column.field.name] = index
      switch value(written, of: column.field.type) {
      case .success(let value): record[column.field.name] = value
      // A column that is also one of every case's has been read there; its words are not the table's.
      case .failure where meaning.field != nil: continue
      case .failure(let refusal): cells.add(refusal.reason, toColumn: index, column)
      }
    }
    if category != .assist { check(record, of: category, at: places) }
    return record
  }

  /// What the schema finds, at the columns of the file.
  private mutating func check(
    _ record: [String: RecordFieldValue], of category: ExchangeRules.Category,
    at places: [String: Int]
  ) {
    let schema = RecordSchema.of(category)
    for failure in schema.check(record, tables: options.tables, today: options.day) {
      let field = "record.\(failure.field)"
      if cells.problems.contains(where: { $0.field == field }) { continue }
      let place = places[failure.field]
      let isShown = schema.field(failure.field).map {
        RecordColumn(category: category, field: $0).isShown
      }
      var problem = RowProblem(
        failure: failure,
        heading: place.map { cells.headings.texts[$0] }
          ?? schema.field(failure.field)?.label.chinese ?? "",
        maskedValue: isShown == true
          ? place.map { CellMask.value(cells.content(at: $0), of: nil) } ?? "" : "")
      problem.field = field
      cells.add(problem)
    }
  }

  /// A cell that is not what its column holds.
  struct CellRefusal: Error {
    let reason: RowReason
  }

  /// The value of a cell by its column's type; lengths and ranges are left to the schema.
  private func value(
    _ written: String, of type: RecordFieldType
  ) -> Result<RecordFieldValue, CellRefusal> {
    let code = CellText.code(of: written)
    func refused(_ reason: RowReason) -> Result<RecordFieldValue, CellRefusal> {
      .failure(CellRefusal(reason: reason))
    }
    switch type {
    case .text:
      // A certificate's number typed into a spreadsheet suffers like a citizen ID number.
      return CellText.isScientific(code) ? refused(.scientificNotation) : .success(.text(written))
    case .date:
      return CellDate.parse(written).map { .date($0.yyyymmdd) }
        .mapError { CellRefusal(reason: $0.reason) }
    case .flag:
      return CaseRowBuilder.yesNo(code).map { .success(.flag($0)) } ?? refused(.unknownValue)
    case .count:
      return UInt32(code).map { .success(.count($0)) } ?? refused(.notANumber)
    case .money:
      return CaseRowBuilder.fen(code).map { .success(.money($0)) } ?? refused(.notAnAmount)
    case .code(let table):
      let entry =
        options.tables[table]?.entry(written: code)
        ?? options.tables[table]?.entry(written: written)
      return entry.map { .success(.code($0.code)) } ?? refused(.unknownValue)
    case .division:
      return DivisionCode(code).map { .success(.text($0.description)) }
        ?? refused(.unknownDivision)
    case .numbers:
      // Only an assist request's record has a list, and its column is one of every case's.
      return refused(.unknownValue)
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
