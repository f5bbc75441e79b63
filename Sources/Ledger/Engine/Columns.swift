/// A column of a table: its name, and how a record's stored field lies in it.
///
/// A field is reached by its offset in the record, which the language gives for stored properties of
/// structures: going through the key path itself costs a tenth of an insert.
struct Column<Record>: Sendable {
  let name: String
  private let offset: Int
  private let value: @Sendable (UnsafeRawPointer) -> StoredValue
  private let isSame: @Sendable (UnsafeRawPointer, UnsafeRawPointer) -> Bool
  private let read: @Sendable (UnsafeMutableRawPointer, any EngineRow, Int) -> Bool

  /// A field that lies in its column in its own way; `load` gives nil for what it cannot hold.
  init<Value: Equatable & SendableMetatype>(
    _ name: String, _ field: WritableKeyPath<Record, Value>,
    store: @escaping @Sendable (Value) -> StoredValue,
    load: @escaping @Sendable (any EngineRow, Int) -> Value?
  ) {
    guard let offset = MemoryLayout<Record>.offset(of: field) else {
      preconditionFailure("the field of column \(name) is not stored in the record")
    }
    self.init(name, at: offset, store: store, load: load)
  }

  private init<Value: Equatable & SendableMetatype>(
    _ name: String, at offset: Int, store: @escaping @Sendable (Value) -> StoredValue,
    load: @escaping @Sendable (any EngineRow, Int) -> Value?
  ) {
    self.name = name
    self.offset = offset
    isSame = {
      $0.assumingMemoryBound(to: Value.self).pointee
        == $1.assumingMemoryBound(to: Value.self).pointee
    }
    value = { store($0.assumingMemoryBound(to: Value.self).pointee) }
    read = { field, row, place in
      guard let value = load(row, place) else { return false }
      field.assumingMemoryBound(to: Value.self).pointee = value
      return true
    }
  }

  /// A field as it is.
  init<Value: ColumnValue & Equatable>(_ name: String, _ field: WritableKeyPath<Record, Value>) {
    self.init(name, field, store: { $0.stored }, load: { Value($0, $1) })
  }

  /// A word of the rules, by its number.
  init<Word: RawRepresentable<Int> & Equatable & Sendable>(
    _ name: String, number field: WritableKeyPath<Record, Word>
  ) {
    self.init(
      name, field, store: { .integer($0.rawValue) }, load: { Word(rawValue: $0.int($1)) })
  }

  /// A word of the rules, by its number, 0 for none.
  init<Word: RawRepresentable<Int> & Equatable & Sendable>(
    _ name: String, numberOrZero field: WritableKeyPath<Record, Word?>
  ) {
    self.init(
      name, field, store: { .integer($0?.rawValue ?? 0) },
      load: { .some(Word(rawValue: $0.int($1))) })
  }

  /// Who did something, in its three columns.
  static func actor(_ field: WritableKeyPath<Record, LedgerActor>) -> [Column<Record>] {
    [
      Column("account", field.appending(path: \.account)),
      Column("role", field.appending(path: \.role)),
      Column("division", field.appending(path: \.division)),
    ]
  }

  /// What a record has for the column.
  func value(of record: UnsafePointer<Record>) -> StoredValue {
    value(UnsafeRawPointer(record) + offset)
  }

  /// Whether two records have the same for the column.
  func isSame(_ left: UnsafePointer<Record>, _ right: UnsafePointer<Record>) -> Bool {
    isSame(UnsafeRawPointer(left) + offset, UnsafeRawPointer(right) + offset)
  }

  /// Puts what a row has at a place into the record; false when that is not what the field can hold.
  func read(_ row: any EngineRow, at place: Int, into record: UnsafeMutablePointer<Record>) -> Bool
  {
    read(UnsafeMutableRawPointer(record) + offset, row, place)
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
    let damaged = withUnsafeMutablePointer(to: &record) { record in
      var place = first
      for column in list {
        guard column.read(row, at: place, into: record) else { return column.name as String? }
        place += 1
      }
      return nil
    }
    if let damaged {
      throw LedgerFailure(
        .corrupt,
        "a row of the table \(table.rawValue) is damaged in \(damaged); restore the last backup")
    }
  }

  /// The values of a record, in the order of ``insert(and:)``.
  func values(of record: Record, and more: StoredValue...) -> [StoredValue] {
    var values: [StoredValue] = []
    values.reserveCapacity(list.count + more.count)
    withUnsafePointer(to: record) { record in
      for column in list { values.append(column.value(of: record)) }
    }
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
    withUnsafePointer(to: old) { old in
      withUnsafePointer(to: new) { new in
        var set = ColumnSet()
        for place in list.indices where !list[place].isSame(old, new) {
          set.insert(place)
        }
        return set
      }
    }
  }

  /// The names of some columns.
  func names(_ set: ColumnSet) -> [String] { set.places.map { list[$0].name } }

  /// Sets some columns of one row; a column that is not named costs its indexes nothing.
  func update(_ set: ColumnSet, where condition: String) -> String {
    let names = set.places.map { "\(list[$0].name) = ?" }.joined(separator: ", ")
    return "UPDATE \(table.rawValue) SET \(names) WHERE \(condition)"
  }

  /// The values of some columns, in the order of ``update(_:where:)``.
  func values(_ set: ColumnSet, of record: Record, and more: StoredValue...) -> [StoredValue] {
    withUnsafePointer(to: record) { record in
      set.places.map { list[$0].value(of: record) } + more
    }
  }
}

/// Some of a table's columns, by their places in its list: at most 64.
struct ColumnSet: Hashable {
  private var bits: UInt64 = 0

  var isEmpty: Bool { bits == 0 }
  var places: [Int] { (0..<64).filter { bits >> UInt64($0) & 1 == 1 } }

  mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
}
