import Glibc
import Presentation

/// Bytes under a path, in memory alone: what reads files by their path reads them, and no disk ever has
/// them.
final class MemoryFile {
  private let descriptor: Int32

  /// The path, as long as the file lives.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// - Throws: `memory` where the system has none for it.
  init(_ bytes: [UInt8]) throws(ProgramFailure) {
    let name = "/xiecha-desk-\(RandomKey.make())"
    descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    // Without a name it ends with this object, also where the program is killed.
    if descriptor >= 0 { shm_unlink(name) }
    var written = 0
    while descriptor >= 0, written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      guard count > 0 else { break }
      written += count
    }
    guard descriptor >= 0, written == bytes.count else {
      if descriptor >= 0 { close(descriptor) }
      throw ProgramFailure(
        .failure, "memory", chinese: "内存不足，请稍后再试", english: "no memory left; try again later")
    }
  }

  deinit {
    close(descriptor)
  }
}
