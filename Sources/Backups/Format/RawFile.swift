internal import Glibc

/// A file as bytes, closed with this object.
final class RawFile {
  let path: String
  private let descriptor: Int32

  private init(_ path: String, _ descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  static func reading(_ path: String) throws(BackupFailure) -> RawFile {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "cannot be read") }
    return RawFile(path, descriptor)
  }

  /// A new file that only its owner can read.
  static func creating(_ path: String) throws(BackupFailure) -> RawFile {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path, "cannot be written") }
    return RawFile(path, descriptor)
  }

  var bytes: UInt64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? UInt64(max(0, status.st_size)) : 0
  }

  /// The next bytes, fewer than asked only at the end.
  func read(_ count: Int) throws(BackupFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var length = 0
    while length < count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: length), count - length)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw Self.failure(path, "cannot be read") }
      if got == 0 { break }
      length += got
    }
    bytes.removeLast(count - length)
    return bytes
  }

  func write(_ bytes: [UInt8]) throws(BackupFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path, "cannot be written") }
      written += count
    }
  }

  /// Puts all that was written on the disk.
  func sync() throws(BackupFailure) {
    guard fsync(descriptor) == 0 else { throw Self.failure(path, "cannot be written") }
  }

  /// Goes to a place.
  func seek(to offset: Int) throws(BackupFailure) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else {
      throw Self.failure(path, "cannot be read")
    }
  }

  /// Lets the system forget what it has of the file, so that it is read from the disk.
  func forgetCache() { posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }

  /// Gives a file its name, in one step and never over another; its folder is on disk then.
  static func name(_ temporary: String, _ path: String) throws(BackupFailure) {
    guard link(temporary, path) == 0 else {
      if errno == EEXIST { throw exists(path) }
      throw failure(path, "cannot be written")
    }
    unlink(temporary)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func exists(_ path: String) -> BackupFailure {
    BackupFailure(.exists, "\(path) is there already and is never replaced; name another file")
  }

  private static func failure(_ path: String, _ what: String) -> BackupFailure {
    let code = errno
    return BackupFailure(
      code == ENOSPC || code == EDQUOT ? .noSpace : .file,
      "\(path) \(what): \(String(cString: strerror(code)))")
  }
}
