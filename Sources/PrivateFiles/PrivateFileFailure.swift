/// Why a file was not written, or is not taken.
public struct PrivateFileFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// Something of this name is there already, and was not to be replaced.
    case exists
    /// What is there is no regular file: a device, a link, a folder.
    case notAFile
    /// The system does not let it be written, for this cause.
    case unwritable(String)
    /// Others than its owner may read it.
    case readableByOthers
  }

  /// The file.
  public let path: String
  /// What is wrong with it.
  public let reason: Reason

  /// A failure of its parts.
  public init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The file, what is wrong with it, and the remedy.
  public var description: String {
    switch reason {
    case .exists: "\(path) is there already; move it away, or ask for it to be replaced"
    case .notAFile: "\(path) is no regular file and is not replaced; name another"
    case .unwritable(let cause): "\(path): \(cause)"
    case .readableByOthers: "\(path): others may read it: chmod 600 \(path)"
    }
  }
}
