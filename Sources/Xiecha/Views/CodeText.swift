import ExchangeRules
import ReferenceData

/// A code with its name in the national tables.
enum CodeText {
  static func text(_ code: String, table: String?) -> String {
    guard let table, let name = CodeTables.national[table]?.entry(code: code)?.name else {
      return code
    }
    return "\(code) \(name)"
  }
}
