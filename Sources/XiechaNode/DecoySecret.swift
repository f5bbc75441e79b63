import Credentials
import Glibc
import Presentation
import PrivateFiles

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
    do throws(PrivateFileFailure) {
      try PrivateFile.write(fresh, to: path, overwrite: true)
    } catch {
      throw failure("\(error)")
    }
    return fresh
  }

  /// Nil where there is none, or one that a full disk has cut short.
  private static func read(_ path: String) throws(ProgramFailure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(errno, path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw failure(errno, path) }
    return count == byteCount ? bytes : nil
  }

  private static func failure(_ code: Int32, _ path: String) -> ProgramFailure {
    failure("\(path): \(String(cString: strerror(code)))")
  }

  private static func failure(_ cause: String) -> ProgramFailure {
    ProgramFailure(
      .store, chinese: "无法读写 \(cause)",
      english: "cannot keep \(cause); let the node's user write the ledger's folder")
  }
}
