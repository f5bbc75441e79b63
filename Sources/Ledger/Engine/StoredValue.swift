/// A value that a statement is run with.
enum StoredValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case flag(Bool)
  case text(String)
  case blob([UInt8])
  case id(LedgerID)

  static func integer(_ value: Int) -> StoredValue { .integer(Int64(value)) }
  static func integer(_ value: Int32) -> StoredValue { .integer(Int64(value)) }
}

/// What a column can hold: how a value is stored, and how it is read back.
protocol ColumnValue: Sendable {
  var stored: StoredValue { get }

  /// The value in a column of a row; nil when the column holds something else.
  init?(_ row: any EngineRow, _ place: Int)
}

extension Int64: ColumnValue {
  var stored: StoredValue { .integer(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.int64(place) }
}

extension Int32: ColumnValue {
  var stored: StoredValue { .integer(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.int32(place) }
}

extension Int: ColumnValue {
  var stored: StoredValue { .integer(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.int(place) }
}

extension Bool: ColumnValue {
  var stored: StoredValue { .flag(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.flag(place) }
}

extension String: ColumnValue {
  var stored: StoredValue { .text(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.text(place) }
}

extension [UInt8]: ColumnValue {
  var stored: StoredValue { .blob(self) }
  init?(_ row: any EngineRow, _ place: Int) { self = row.blob(place) }
}

extension LedgerID: ColumnValue {
  var stored: StoredValue { .id(self) }
  init?(_ row: any EngineRow, _ place: Int) {
    guard let id = row.id(place) else { return nil }
    self = id
  }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  var stored: StoredValue { self?.stored ?? .null }
  init?(_ row: any EngineRow, _ place: Int) {
    if row.isNull(place) {
      self = .none
    } else if let value = Wrapped(row, place) {
      self = value
    } else {
      return nil
    }
  }
}
