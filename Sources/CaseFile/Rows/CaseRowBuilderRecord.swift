import ExchangeRules

// The typed record of the row's category.
extension CaseRowBuilder {
  /// The fields of the record by their names, checked by the shared schema (S3, S12.2).
  ///
  /// A value that would be lost, because its column belongs to another category, is a problem of
  /// the row (S6.7).
  mutating func record(of category: ExchangeRules.Category) -> [String: RecordFieldValue] {
    var record: [String: RecordFieldValue] = [:]
    var places: [String: Int] = [:]
    for (index, meaning) in cells.headings.meanings.enumerated()
    where !meaning.recordColumns.isEmpty {
      guard !cells.content(at: index).isEmpty else { continue }
      guard let column = meaning.recordColumns.first(where: { $0.category == category }) else {
        if meaning.field == nil, let other = meaning.recordColumns.first {
          cells.add(.notForCategory, toColumn: index, other)
        }
        continue
      }
      places[column.field.name] = index
      do throws(ReadingRefusal) {
        let reading = try RecordCell.read(
          cells.written(at: index), of: column.field.type, named: column.field.name,
          tables: options.tables)
        record[column.field.name] = cells.take(reading, of: index)
      } catch {
        // A column that is also one of every case's has been read there; its words are not the
        // table's.
        if meaning.field == nil { cells.add(error, toColumn: index, column) }
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
}
