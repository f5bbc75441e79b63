public import Credentials

/// A backup that is there.
public struct BackupFile: Sendable, Hashable {
  /// Its file.
  public let path: String
  /// What it says in clear.
  public let header: BackupHeader

  /// Reads what it says in clear.
  ///
  /// - Throws: that it is no backup, or of a newer format.
  public init(_ path: String) throws(BackupFailure) {
    let beginning = try RawFile.reading(path).read(BackupHeader.longestBytes)
    header = try BackupHeader.read(beginning, of: path).header
    self.path = path
  }

  /// Opens every chunk of it.
  ///
  /// - Throws: that no key at hand opens it, or where it is damaged or cut.
  public func verify(with keys: SecretKeyFile) throws {
    try BackupReader(path, keys: keys).forEachChunk { _ in }
  }
}
