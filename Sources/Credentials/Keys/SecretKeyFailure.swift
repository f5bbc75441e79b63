/// Why a file of keys cannot be used, in one line that names the file and the remedy.
public struct SecretKeyFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reasons, stable for programs.
  public enum Reason: String, Sendable {
    /// It is missing, damaged, readable by others, or cannot be written.
    case keyFile
    /// A file of this name is there already.
    case exists
  }

  /// The reason, for programs.
  public let reason: Reason
  /// The line for people.
  public let description: String

  init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }
}
