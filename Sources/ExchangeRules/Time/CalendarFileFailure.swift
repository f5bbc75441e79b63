/// A line of a calendar file that cannot be read.
public struct CalendarFileFailure: Error, Hashable, Sendable {
  /// The line, counted from 1; 0 for the file as a whole.
  public let line: Int
  /// The column at fault: "header", "date", "type", or "years" for the file as a whole.
  public let field: String
  /// What is wrong with it.
  public let reason: Reason

  /// What is missing, or which day it is; empty where line and field say all.
  public let detail: String

  /// The stable words for what is wrong.
  public enum Reason: String, Sendable, Hashable {
    /// The heading or a column is not there.
    case missing
    /// No day of the calendar.
    case notADate
    /// Neither `holiday` nor `workday_makeup`.
    case unknown
    /// The day stands there twice.
    case repeated
    /// A year between the first and the last is not there, or has not all of its holidays.
    case incomplete
    /// A make-up day that is a working day without it.
    case alreadyWorked
  }

  /// Names a failure.
  public init(line: Int, field: String, reason: Reason, detail: String = "") {
    self.detail = detail
    self.line = line
    self.field = field
    self.reason = reason
  }
}
