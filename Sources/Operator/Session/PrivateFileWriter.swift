internal import Glibc
internal import Presentation

/// Writes files that only their owner may read: credentials, and rows about persons.
enum PrivateFileWriter {
  /// Writes the bytes to a new file of mode 0600 and renames it to `path`.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = "\(path).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw abandoned(descriptor, temporary, path) }
      start += count
    }
    guard fsync(descriptor) == 0 else { throw abandoned(descriptor, temporary, path) }
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let failure = failure(path)
      unlink(temporary)
      throw failure
    }
  }

  private static func abandoned(_ descriptor: Int32, _ temporary: String, _ path: String)
    -> ProgramFailure
  {
    let failure = failure(path)
    close(descriptor)
    unlink(temporary)
    return failure
  }

  private static func failure(_ path: String) -> ProgramFailure {
    let cause = String(cString: strerror(errno))
    return ProgramFailure(
      .badInput, "cannot-write", chinese: "无法写入 \(path)：\(cause)",
      english: "cannot write \(path): \(cause)")
  }
}
