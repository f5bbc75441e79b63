import ExchangeRules
import TestSupport
import Testing

/// The date of a literal in a test's table.
func date(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
  try #require(CivilDate(text), "not a date: \(text)", sourceLocation: sourceLocation)
}

extension CivilDate {
  /// Any day from 2004 to the end of 2025: inside the calendar, with room for a clock after it.
  static func random(using generator: inout SeededNumbers) -> CivilDate {
    CivilDate(dayNumber: Int.random(in: 12_418...20_453, using: &generator))
  }
}
