internal import Foundation
internal import PrivateFiles

/// A file of keys (0600): a key a line, the one in use first.
///
/// A rotation puts a new key in front and keeps the others for as long as something is left that was
/// made with them.
public struct SecretKeyFile: Sendable {
  /// What its keys are for.
  public let purpose: SecretKey.Purpose
  /// The keys: the first is used for what is new, all for what is there.
  public private(set) var keys: [SecretKey]

  /// Keys in one file, at most: a rotation every month for twenty years.
  private static let keysAtMost = 240

  /// A file with one new key.
  public init(for purpose: SecretKey.Purpose, madeOn day: String) {
    self.init(of: SecretKey(for: purpose, madeOn: day), for: purpose)
  }

  /// One key by itself.
  public init(of key: SecretKey, for purpose: SecretKey.Purpose) {
    self.purpose = purpose
    keys = [key]
  }

  /// The keys of a file.
  public init(
    for purpose: SecretKey.Purpose, reading path: String
  ) throws(SecretKeyFailure) {
    self.purpose = purpose
    let kind = purpose.rawValue
    do throws(PrivateFileFailure) {
      try PrivateFile.checkOwnerOnly(path)
    } catch {
      throw SecretKeyFailure(.keyFile, "the \(kind) key file \(error)")
    }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw SecretKeyFailure(
        .keyFile,
        "cannot read the \(kind) key file \(path); xiecha-admin \(kind) key create makes one")
    }
    keys = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let key = Self.key(line, for: purpose) else {
        throw SecretKeyFailure(
          .keyFile,
          "line \(number + 1) of the \(kind) key file \(path) is no \(kind) key, or was changed")
      }
      keys.append(key)
    }
    guard (1...Self.keysAtMost).contains(keys.count) else {
      throw SecretKeyFailure(
        .keyFile,
        "the \(kind) key file \(path) has \(keys.count) keys; 1 to \(Self.keysAtMost) are needed")
    }
  }

  /// The key in use.
  public var inUse: SecretKey { keys[0] }

  /// The key of an identity; nil: it is not in the file.
  public func key(_ identity: String) -> SecretKey? { keys.first { $0.identity == identity } }

  /// Puts a new key in front: it is in use from now on.
  public mutating func rotate(on day: String) {
    keys.insert(SecretKey(for: purpose, madeOn: day), at: 0)
  }

  /// Forgets all keys but the one in use.
  public mutating func retireOthers() { keys = [inUse] }

  /// Writes the file, mode 0600.
  public func write(to path: String, overwrite: Bool) throws(SecretKeyFailure) {
    let lines = keys.map {
      "\(Self.word(of: purpose)) \($0.identity) \($0.made) \(Hexadecimal.text($0.secret))\n"
    }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(
        Array((note + lines.joined()).utf8), to: path, overwrite: overwrite)
    } catch {
      throw SecretKeyFailure(
        error.reason == .exists ? .exists : .keyFile, "the \(purpose.rawValue) key file \(error)")
    }
  }

  private var note: String {
    switch purpose {
    case .backups:
      """
      # Whoever has this file can read every backup made with it. Keep it apart from them, and a copy on
      # paper or in a safe: without it they are lost. The first key is in use.

      """
    case .store:
      """
      # Whoever has this file and a copy of the ledger with its .keys can read it. Keep it apart from
      # them, and a copy on paper or in a safe: without it the ledger is lost. The first key is in use.

      """
    }
  }

  private static func word(of purpose: SecretKey.Purpose) -> String {
    "xiecha-\(purpose.rawValue)-key-1"
  }

  private static func key(_ line: Substring, for purpose: SecretKey.Purpose) -> SecretKey? {
    let parts = line.split(separator: " ")
    guard parts.count == 4, parts[0] == word(of: purpose),
      let secret = Hexadecimal.bytes(parts[3]), secret.count == SecretKey.byteCount
    else { return nil }
    let key = SecretKey(for: purpose, secret: secret, made: String(parts[2]))
    return key.identity == parts[1] ? key : nil
  }
}
