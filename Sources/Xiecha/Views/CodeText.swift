import ExchangeRules
import ReferenceData

/// A code with its name. A value that is not from its standard is marked: other places may number
/// otherwise, so nobody takes it for a national code.
enum CodeText {
  static func text(_ code: String, table: String?) -> String {
    guard let table, let entry = CodeTables.national[table]?.entry(code: code) else {
      return code
    }
    switch entry.confidence {
    case .sourced, .checked: return "\(code) \(entry.name)"
    case .local: return "\(code) \(entry.name)（地方代码）"
    case .memory: return "\(code) \(entry.name)（代码未核实）"
    }
  }
}
