import Glibc

/// Writes a file whole or not at all.
///
/// The bytes go to a new file beside the final one, created for this alone with its final mode, and
/// are on disk before the name points to them: whoever looks sees the old file or the new one, and
/// a key is never readable by others, not even for a moment.
enum PrivateFile {
  static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t, overwrite: Bool
  ) throws(TLSFailure) {
    if !overwrite, access(path, F_OK) == 0 { throw exists(path) }
    let temporary = "\(path).\(getpid()).\(UInt64.random(in: .min ... .max)).new"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw unwritable(path) }
    do throws(TLSFailure) {
      defer { close(descriptor) }
      // The process's umask may have taken bits away; it cannot have added any.
      guard fchmod(descriptor, mode) == 0 else { throw unwritable(path) }
      try writeAll(bytes, descriptor, path)
      guard fsync(descriptor) == 0 else { throw unwritable(path) }
    } catch {
      unlink(temporary)
      throw error
    }
    // `link` fails where the name is taken, `rename` replaces: both are one step.
    let done = overwrite ? rename(temporary, path) : link(temporary, path)
    let reason = errno
    if !overwrite || done != 0 { unlink(temporary) }
    guard done == 0 else { throw reason == EEXIST ? exists(path) : unwritable(path, reason) }
    syncDirectory(of: path)
  }

  /// A private key that others may read is no longer private: it is refused, with the remedy.
  ///
  /// A file that is missing is somebody else's finding.
  static func checkOwnerOnly(_ path: String) throws(TLSFailure) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    guard status.st_mode & 0o077 == 0 else {
      throw TLSFailure(
        .unreadableKey, "private key \(path): others may read it: chmod 600 \(path)")
    }
  }

  private static func writeAll(
    _ bytes: [UInt8], _ descriptor: Int32, _ path: String
  ) throws(TLSFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable(path) }
      written += count
    }
  }

  private static func syncDirectory(of path: String) {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func exists(_ path: String) -> TLSFailure {
    TLSFailure(.fileExists, "\(path) is there already; move it away, or ask for it to be replaced")
  }

  private static func unwritable(_ path: String, _ reason: Int32 = errno) -> TLSFailure {
    TLSFailure(.unwritableFile, "\(path): \(String(cString: strerror(reason)))")
  }
}
