public import ExchangeRules
internal import Presentation
internal import ReferenceData

/// A code with its name.
///
/// A value that is not from its standard is marked: other places may number otherwise, so nobody
/// takes it for a national code.
public enum CodeText {
  /// A code and its name in a table of the standards; the code alone where there is none.
  public static func text(_ code: String, table: String?, _ language: Language) -> String {
    guard let table, let entry = CodeTables.national[table]?.entry(code: code) else {
      return code
    }
    let mark =
      switch entry.confidence {
      case .sourced, .checked: ""
      case .local: language.text("（地方代码）", " (local code)")
      case .memory: language.text("（代码未核实）", " (code not verified)")
      }
    return "\(code) \(entry.name)\(mark)"
  }
}
