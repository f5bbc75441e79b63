import Glibc

/// Reads a file piece by piece.
final class FileSource {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws(CaseFileFailure) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileSource.failure(path) }
  }

  deinit {
    close(descriptor)
  }

  /// Whether the file begins as a ZIP archive does; for a pipe it is not asked, and what comes of it
  /// is not lost.
  func isArchive() throws(CaseFileFailure) -> Bool {
    var start: (UInt8, UInt8) = (0, 0)
    return pread(descriptor, &start, 2, 0) == 2 && start == (0x50, 0x4B)
  }

  /// The next piece; empty at the end.
  func next() throws(CaseFileFailure) -> [UInt8] {
    var count = -1
    let piece = [UInt8](unsafeUninitializedCapacity: CaseFileLimits.chunkBytes) { buffer, used in
      repeat {
        count = read(descriptor, buffer.baseAddress, buffer.count)
      } while count < 0 && errno == EINTR
      used = max(0, count)
    }
    if count < 0 { throw FileSource.failure(path) }
    return piece
  }

  private static func failure(_ path: String) -> CaseFileFailure {
    let cause = String(cString: strerror(errno))
    return CaseFileFailure(
      .cannotRead, chinese: "无法读取文件 \(path)：\(cause)", english: "cannot read \(path): \(cause)")
  }
}
