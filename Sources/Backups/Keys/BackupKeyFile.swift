internal import Credentials
internal import Foundation
internal import PrivateFiles

/// The file of the backup keys (0600): a key a line, the one in use first.
///
/// A rotation puts a new key in front and keeps the others, because the backups made with them are to
/// be read for as long as they are kept.
public struct BackupKeyFile: Sendable {
  /// The keys: the first makes backups, all read them.
  public private(set) var keys: [BackupKey]

  private static let word = "xiecha-backup-key-1"
  /// Keys in one file, at most: a rotation every month for twenty years.
  private static let keysAtMost = 240
  private static let note = """
    # Whoever has this file can read every backup made with it. Keep it apart from them, and a copy on
    # paper or in a safe: without it they are lost. The first key is in use.

    """

  /// A file with one new key.
  public init(madeOn day: String) { keys = [BackupKey(madeOn: day)] }

  /// One key by itself.
  init(of key: BackupKey) { keys = [key] }

  /// The keys of a file.
  public init(reading path: String) throws(BackupFailure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.checkOwnerOnly(path)
    } catch {
      throw BackupFailure(.keyFile, "the backup key file \(error)")
    }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw BackupFailure(
        .keyFile,
        "cannot read the backup key file \(path); xiecha-admin backup key create makes one")
    }
    keys = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let key = Self.key(line) else {
        throw BackupFailure(
          .keyFile, "line \(number + 1) of the backup key file \(path) is no key, or was changed")
      }
      keys.append(key)
    }
    guard (1...Self.keysAtMost).contains(keys.count) else {
      throw BackupFailure(
        .keyFile,
        "the backup key file \(path) has \(keys.count) keys; 1 to \(Self.keysAtMost) are needed")
    }
  }

  /// Puts a new key in front: backups are made with it from now on.
  public mutating func rotate(on day: String) { keys.insert(BackupKey(madeOn: day), at: 0) }

  /// Writes the file, mode 0600.
  public func write(to path: String, overwrite: Bool) throws(BackupFailure) {
    let lines = keys.map {
      "\(Self.word) \($0.identity) \($0.made) \(Hexadecimal.text($0.secret))\n"
    }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(
        Array((Self.note + lines.joined()).utf8), to: path, overwrite: overwrite)
    } catch {
      throw BackupFailure(
        error.reason == .exists ? .exists : .keyFile, "the backup key file \(error)")
    }
  }

  /// The key in use.
  public var inUse: BackupKey { keys[0] }

  /// The key of a backup.
  func key(_ identity: String, of file: String) throws(BackupFailure) -> BackupKey {
    if let key = keys.first(where: { $0.identity == identity }) { return key }
    throw BackupFailure(
      .wrongKey,
      "\(file) was made with the key \(identity); the keys at hand are "
        + "\(keys.map(\.identity).joined(separator: ", ")): use the file that has it")
  }

  private static func key(_ line: Substring) -> BackupKey? {
    let parts = line.split(separator: " ")
    guard parts.count == 4, parts[0] == word, let secret = Hexadecimal.bytes(parts[3]),
      secret.count == BackupKey.byteCount
    else { return nil }
    let key = BackupKey(secret: secret, made: String(parts[2]))
    return key.identity == parts[1] ? key : nil
  }
}
