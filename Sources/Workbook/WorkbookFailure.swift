/// Why a file cannot be read as a workbook.
public struct WorkbookFailure: Error, Sendable, Hashable {
  /// The kinds.
  public enum Reason: Sendable, Hashable {
    /// The file cannot be opened, or is no archive.
    case unreadable
    /// An archive of another kind: of another program's sheets, or of anything.
    case otherFormat
    /// A part is missing, is no XML, or contradicts another.
    case damaged
    /// A part is larger than ``WorkbookLimits`` allows.
    case tooLarge
  }

  /// The kind.
  public var reason: Reason
  /// The part of the file, or what the system says; for support.
  public var detail: String

  init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}
