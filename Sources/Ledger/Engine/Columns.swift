/// A column of a table: its name, and how a record's field lies in it.
struct Column<Record>: Sendable {
  let name: String
  let value: @Sendable (Record) -> StoredValue
  /// Puts what a row has at a place into the record; false when that is not what the field can hold.
  let read: @Sendable (inout Record, any EngineRow, Int) -> Bool

  /// A field as it is.
  init<Value: ColumnValue>(_ name: String, _ field: any WritableKeyPath<Record, Value> & Sendable) {
    self.name = name
    value = { $0[keyPath: field].stored }
    read = { record, row, place in
      guard let value = Value(row, place) else { return false }
      record[keyPath: field] = value
      return true
    }
  }

  /// A word of the rules, by its number.
  init<Word: RawRepresentable<Int> & Sendable>(
    _ name: String, number field: any WritableKeyPath<Record, Word> & Sendable
  ) {
    self.name = name
    value = { .integer($0[keyPath: field].rawValue) }
    read = { record, row, place in
      guard let word = Word(rawValue: row.int(place)) else { return false }
      record[keyPath: field] = word
      return true
    }
  }

  /// A word of the rules, by its number, 0 for none.
  init<Word: RawRepresentable<Int> & Sendable>(
    _ name: String, numberOrZero field: any WritableKeyPath<Record, Word?> & Sendable
  ) {
    self.name = name
    value = { .integer($0[keyPath: field]?.rawValue ?? 0) }
    read = { record, row, place in
      record[keyPath: field] = Word(rawValue: row.int(place))
      return true
    }
  }

  /// A field that lies in its column in its own way.
  init(
    _ name: String, value: @escaping @Sendable (Record) -> StoredValue,
    read: @escaping @Sendable (inout Record, any EngineRow, Int) -> Bool
  ) {
    self.name = name
    self.value = value
    self.read = read
  }
}

/// How a record lies in the rows of a table: the one list from which texts, values and reading come.
struct Columns<Record: Sendable>: Sendable {
  let table: Table
  /// The record that reading starts from; its fields without a column keep these values.
  private let blank: Record
  private let list: [Column<Record>]

  init(_ table: Table, readingFrom blank: Record, _ list: [Column<Record>]) {
    self.table = table
    self.blank = blank
    self.list = list
  }

  var count: Int { list.count }

  /// The columns' names, as a query selects them.
  var selected: String { list.map { "\(table.rawValue).\($0.name)" }.joined(separator: ", ") }

  /// The record that a row has, the first of its columns at `first`.
  ///
  /// - Throws: that the row is damaged, and in which column.
  func record(_ row: any EngineRow, at first: Int = 0) throws -> Record {
    var record = blank
    try read(row, at: first, into: &record)
    return record
  }

  /// Reads what a row has into a record.
  func read(_ row: any EngineRow, at first: Int, into record: inout Record) throws {
    var place = first
    for column in list {
      guard column.read(&record, row, place) else {
        throw LedgerFailure(
          .corrupt,
          "a row of the table \(table.rawValue) is damaged in \(column.name); restore the last "
            + "backup")
      }
      place += 1
    }
  }

  /// The values of a record, in the order of ``insert(and:)``.
  func values(of record: Record, and more: StoredValue...) -> [StoredValue] {
    var values: [StoredValue] = []
    values.reserveCapacity(list.count + more.count)
    for column in list { values.append(column.value(record)) }
    values += more
    return values
  }

  /// The beginning of a statement that adds a row: the columns, and behind them others.
  func insert(and more: String...) -> String {
    let names = list.map(\.name) + more
    let values = repeatElement("?", count: names.count).joined(separator: ", ")
    return "INSERT INTO \(table.rawValue) (\(names.joined(separator: ", "))) VALUES (\(values))"
  }

  /// The columns in which two records differ.
  func changed(from old: Record, to new: Record) -> ColumnSet {
    var set = ColumnSet()
    for (place, column) in list.enumerated() where column.value(old) != column.value(new) {
      set.insert(place)
    }
    return set
  }

  /// Sets some columns of one row; a column that is not named costs its indexes nothing.
  func update(_ set: ColumnSet, where condition: String) -> String {
    let names = set.places.map { "\(list[$0].name) = ?" }.joined(separator: ", ")
    return "UPDATE \(table.rawValue) SET \(names) WHERE \(condition)"
  }

  /// The values of some columns, in the order of ``update(_:where:)``.
  func values(_ set: ColumnSet, of record: Record, and more: StoredValue...) -> [StoredValue] {
    set.places.map { list[$0].value(record) } + more
  }
}

/// Some of a table's columns, by their places in its list: at most 64.
struct ColumnSet: Hashable {
  private var bits: UInt64 = 0

  var isEmpty: Bool { bits == 0 }
  var places: [Int] { (0..<64).filter { bits >> UInt64($0) & 1 == 1 } }

  mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
}
