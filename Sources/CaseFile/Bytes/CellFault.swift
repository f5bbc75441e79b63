/// Why a cell of a spreadsheet has no value that could be read.
public enum CellFault: Sendable, Hashable {
  /// A formula that could not be calculated; the value is what stands in the cell, such as `#REF!`.
  ///
  /// A spreadsheet saves the same words as CSV.
  case failedFormula(String)
  /// A formula whose value the file does not hold: it was never calculated.
  case noSavedValue
  /// The cell is covered by a merged one; the value is that one's name, such as `B2`.
  case merged(into: String)
  /// A number that is shown as a day, and is none.
  case noSuchDay

  /// The fault of a cell of which only the text is known; nil for a value.
  init?(text: String) {
    guard text.hasPrefix("#"), CellFault.failures.contains(text.uppercased()) else { return nil }
    self = .failedFormula(text.uppercased())
  }

  private static let failures: Set<String> = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
  ]
}
