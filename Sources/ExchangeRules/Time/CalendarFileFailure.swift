/// A line of a calendar file that cannot be read.
public struct CalendarFileFailure: Error, Hashable, Sendable {
  /// The line, counted from 1.
  public let line: Int
  /// The column at fault: "header", "date", "type", or "years" for the file as a whole.
  public let field: String
  /// A stable word: "missing", "notADate", "unknown", "repeated" or "incomplete".
  public let reason: String

  /// Names a failure.
  public init(line: Int, field: String, reason: String) {
    self.line = line
    self.field = field
    self.reason = reason
  }
}
