/// A clock of an item needs a year that the calendar does not cover.
public struct RulingGap: Error, Hashable, Sendable {
  /// The date that the clock starts from: "submitted", "occurred" or "received".
  public let field: String
  /// The year that is missing, and the remedy.
  public let gap: CalendarGap

  /// Names the date whose clock cannot be set.
  public init(field: String, gap: CalendarGap) {
    self.field = field
    self.gap = gap
  }

  static func naming<Value>(
    _ field: String, _ work: () throws(CalendarGap) -> Value
  ) throws(RulingGap) -> Value {
    do {
      return try work()
    } catch {
      throw RulingGap(field: field, gap: error)
    }
  }
}
