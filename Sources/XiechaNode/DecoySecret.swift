import Credentials
import Glibc
import Presentation

/// The secret from which a node makes false salts for accounts that do not exist: kept beside the
/// ledger, because a salt that changes with a restart would tell that the account is none.
enum DecoySecret {
  static let byteCount = 32

  static func path(besides store: String) -> String { "\(store).decoy" }

  /// The secret beside a ledger, made at the first start, mode 0600.
  static func of(store: String) throws(ProgramFailure) -> [UInt8] {
    let path = path(besides: store)
    if let kept = try read(path) { return kept }
    let fresh = RandomBytes.make(byteCount)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let written = fresh.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard fchmod(descriptor, 0o600) == 0, written == byteCount, fsync(descriptor) == 0 else {
      throw failure(path)
    }
    return fresh
  }

  /// Nil where there is none, or one that a full disk has cut short.
  private static func read(_ path: String) throws(ProgramFailure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw failure(path) }
    return count == byteCount ? bytes : nil
  }

  private static func failure(_ path: String) -> ProgramFailure {
    let cause = String(cString: strerror(errno))
    return ProgramFailure(
      .store, chinese: "无法读写 \(path)：\(cause)",
      english: "cannot keep \(path): \(cause); let the node's user write the ledger's folder")
  }
}
