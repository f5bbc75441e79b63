internal import CPageSeal
internal import Credentials
internal import Foundation
internal import Glibc
internal import PrivateFiles

/// The file beside a sealed ledger, `FILE.keys`: the keys that its pages are sealed with, each wrapped by
/// the store's key, which lies elsewhere.
///
/// Lines of text: a word of the format with the path of the store's key, then a key a line: its number,
/// the day it was made on, the identity of the store's key that wraps it, and the wrapped key.
struct DataKeys: Sendable {
  struct Entry: Sendable {
    let number: UInt32
    /// Such as `2026-12-01`.
    let made: String
    /// The identity of the store's key.
    let wrappedBy: String
    /// 60 bytes: nonce, sealed key, tag.
    let wrapped: [UInt8]
  }

  /// The ledger whose they are.
  let ledger: String
  /// Where the store's key is.
  private(set) var keyFile: String
  /// By number, the newest last.
  private(set) var entries: [Entry]

  private static let word = "xiecha-data-keys-1"
  private static let wrappedBytes = 60
  private static let note = """
    # The keys of the ledger beside this file, each wrapped by the store's key, which lies in the file that
    # the next line names. Keep a copy: without this file the ledger is lost.

    """

  static func path(of ledger: String) -> String { ledger + ".keys" }
  private var path: String { Self.path(of: ledger) }

  /// No key yet.
  init(of ledger: String, keyFile: String) {
    self.ledger = ledger
    // Whoever opens the ledger later may stand in another folder.
    self.keyFile = keyFile.isEmpty ? "" : URL(fileURLWithPath: keyFile).standardized.path
    entries = []
  }

  /// The keys beside a ledger; nil: there are none, it is not sealed.
  init?(beside ledger: String) throws(LedgerFailure) {
    let path = Self.path(of: ledger)
    guard access(path, F_OK) == 0 else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw LedgerFailure(
        .sealed, "cannot read \(path), the keys of the ledger; let the node's user read it")
    }
    self.init(of: ledger, keyFile: "")
    var lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }[...]
    if let first = lines.popFirst(), first.hasPrefix(Self.word + " ") {
      keyFile = String(first.dropFirst(Self.word.count + 1))
    }
    for line in lines {
      guard let entry = Self.entry(line), entry.number > entries.last?.number ?? 0 else {
        throw damaged
      }
      entries.append(entry)
    }
    guard !keyFile.isEmpty, !entries.isEmpty else { throw damaged }
  }

  private var damaged: LedgerFailure {
    LedgerFailure(
      .sealed, "\(path), the keys of the ledger, is damaged; put it back from a copy")
  }

  private static func entry(_ line: Substring) -> Entry? {
    let parts = line.split(separator: " ")
    guard parts.count == 4, let number = UInt32(parts[0]), number > 0,
      let wrapped = Hexadecimal.bytes(parts[3]), wrapped.count == wrappedBytes
    else { return nil }
    return Entry(
      number: number, made: String(parts[1]), wrappedBy: String(parts[2]), wrapped: wrapped)
  }

  /// Writes the file, which is on disk when this returns.
  func write() throws(LedgerFailure) {
    let lines = entries.map {
      "\($0.number) \($0.made) \($0.wrappedBy) \(Hexadecimal.text($0.wrapped))\n"
    }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(
        Array((Self.note + "\(Self.word) \(keyFile)\n" + lines.joined()).utf8), to: path,
        ownerOf: ledger, overwrite: true)
    } catch {
      throw LedgerFailure(.sealed, "cannot write the keys of the ledger: \(error)")
    }
  }

  /// The store's keys: from the file at hand, or from the one that the ledger's keys name.
  func storeKeys(at override: String?) throws(LedgerFailure) -> SecretKeyFile {
    do throws(SecretKeyFailure) {
      return try SecretKeyFile(for: .store, reading: override ?? keyFile)
    } catch {
      throw LedgerFailure(.sealed, "the ledger \(ledger) is sealed: \(error)")
    }
  }

  /// The key of an entry, in clear.
  func key(_ entry: Entry, by keys: SecretKeyFile) throws(LedgerFailure) -> [UInt8] {
    guard let storeKey = keys.key(entry.wrappedBy) else {
      throw LedgerFailure(
        .sealed,
        "the ledger \(ledger) is sealed under the store key \(entry.wrappedBy); the keys at hand are "
          + "\(keys.keys.map(\.identity).joined(separator: ", ")): use the file that has it")
    }
    var key = [UInt8](repeating: 0, count: SecretKey.byteCount)
    let about = Self.about(entry.number, entry.made)
    guard
      page_seal_unwrap(storeKey.secret, entry.wrapped, about, Int32(about.count), &key) == 1
    else { throw damaged }
    return key
  }

  /// Adds a new key, which seals from now on.
  mutating func add(on day: String, by storeKey: SecretKey) {
    append(
      RandomBytes.make(SecretKey.byteCount), number: (entries.last?.number ?? 0) + 1, made: day,
      by: storeKey)
  }

  /// Wraps all keys with the first of the store's keys, and notes where these are.
  mutating func rewrap(by keys: SecretKeyFile, at keyFile: String) throws(LedgerFailure) {
    var rewrapped = DataKeys(of: ledger, keyFile: keyFile)
    for entry in entries {
      rewrapped.append(
        try key(entry, by: keys), number: entry.number, made: entry.made, by: keys.inUse)
    }
    self = rewrapped
  }

  private mutating func append(
    _ key: [UInt8], number: UInt32, made: String, by storeKey: SecretKey
  ) {
    var wrapped = [UInt8](repeating: 0, count: Self.wrappedBytes)
    let about = Self.about(number, made)
    // Only an OpenSSL without AES-GCM gets here: no input can.
    guard page_seal_wrap(storeKey.secret, key, about, Int32(about.count), &wrapped) == 1 else {
      fatalError("OpenSSL offers no AES-256-GCM")
    }
    entries.append(
      Entry(number: number, made: made, wrappedBy: storeKey.identity, wrapped: wrapped))
  }

  /// What is bound to a wrapped key.
  private static func about(_ number: UInt32, _ made: String) -> [UInt8] {
    Array("xiecha data key 1 \(number) \(made)".utf8)
  }
}

extension DataKeys {
  /// Works on the keys of a ledger while nobody else changes them, whichever process it is.
  static func alone<Value>(
    at ledger: String, _ work: () throws(LedgerFailure) -> Value
  ) throws(LedgerFailure) -> Value {
    let path = path(of: ledger) + "-lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw LedgerFailure(.sealed, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    FileOwner.give(descriptor, theOwnerOf: ledger)
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw LedgerFailure(.sealed, "cannot lock \(path): \(String(cString: strerror(errno)))")
      }
    }
    return try work()
  }
}
