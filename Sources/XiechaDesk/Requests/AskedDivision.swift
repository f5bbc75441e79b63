import ExchangeRules
import Presentation

/// A division as a field of a form or an address names it.
enum AskedDivision {
  /// The division; nil where the field is empty.
  ///
  /// - Throws: What is wrong with it, and what to write.
  static func read(_ written: String) throws(ProgramFailure) -> DivisionCode? {
    guard !written.isEmpty else { return nil }
    guard let division = try? WrittenDivision.read(written).value else {
      throw ProgramFailure(
        .badInput, "of", chinese: "“\(written)”不是区划代码：请写 6、9 或 12 位数字",
        english: "\(written) is no division's code: write 6, 9 or 12 digits")
    }
    return division
  }
}
