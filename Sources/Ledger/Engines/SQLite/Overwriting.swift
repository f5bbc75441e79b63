internal import Glibc

/// A file in clear whose bytes are overwritten when its name is gone.
///
/// A disk may keep what was overwritten (flash does): for that there is no remedy but to encrypt from the
/// beginning, or to destroy the disk.
final class Overwriting {
  private let descriptor: Int32
  private let path: String

  /// Holds the file, whatever becomes of its name.
  init(_ path: String) throws(LedgerFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw SQLiteFailures(path: path).opening(errno) }
  }

  deinit { close(descriptor) }

  /// Overwrites all of it with zeros, on the disk when this returns.
  func run() throws(LedgerFailure) {
    let chunk = [UInt8](repeating: 0, count: 1 << 20)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SQLiteFailures(path: path).opening(errno) }
    var offset: off_t = 0
    while offset < status.st_size {
      let count = pwrite(descriptor, chunk, min(chunk.count, Int(status.st_size - offset)), offset)
      guard count > 0 else { throw SQLiteFailures(path: path).opening(errno) }
      offset += off_t(count)
    }
    guard fsync(descriptor) == 0 else { throw SQLiteFailures(path: path).opening(errno) }
  }

  /// Overwrites a file and removes it; one that is not there is removed already.
  static func remove(_ path: String) throws(LedgerFailure) {
    guard access(path, F_OK) == 0 else { return }
    try Overwriting(path).run()
    unlink(path)
  }
}
