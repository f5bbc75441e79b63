import ExchangeRules
import FuzzTargets

/// A calendar file's text, as an administrator imports it.
enum CalendarInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    let text = String(decoding: input, as: UTF8.self)
    guard let calendar = try? WorkingCalendar(csv: text) else { return }
    let again = try? WorkingCalendar(rows: calendar.rows)
    try BrokenProperty.unless(
      again?.rows == calendar.rows, "a calendar that was taken is taken again")
  }
}
