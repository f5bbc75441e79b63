/// A value bound to a statement.
enum SQLValue {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
  case id(LedgerID)

  static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  static func integer(_ value: Int32) -> SQLValue { .integer(Int64(value)) }
  static func flag(_ value: Bool) -> SQLValue { .integer(value ? Int64(1) : 0) }
  static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  static func optional(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
  static func optional(_ value: [UInt8]?) -> SQLValue { value.map { .blob($0) } ?? .null }
  static func optional(_ value: LedgerID?) -> SQLValue { value.map { .id($0) } ?? .null }
}
