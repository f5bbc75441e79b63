import ExchangeRules
import Presentation

/// A day as a field of a form or an address names it.
enum AskedDay {
  /// The day; nil where the field is empty.
  ///
  /// - Throws: What is wrong with it, and what to write.
  static func read(_ written: String, field: String) throws(ProgramFailure) -> CivilDate? {
    guard !written.isEmpty else { return nil }
    guard let day = try? WrittenDate.read(written).value else {
      throw ProgramFailure(
        .badInput, field, chinese: "“\(written)”不是日期：请写如 2026-11-27",
        english: "\(written) is no day: write such as 2026-11-27")
    }
    return day
  }
}
