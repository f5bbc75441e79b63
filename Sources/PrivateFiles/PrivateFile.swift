internal import Glibc

/// Writes a file whole or not at all: keys, credentials, rows about persons.
///
/// The bytes go to a new file beside the final one, created for this alone with its final mode, and
/// are on disk before the name points to them: whoever looks sees the old file or the new one, and
/// a key is never readable by others, not even for a moment.
public enum PrivateFile {
  /// Writes a file.
  ///
  /// - Parameters:
  ///   - bytes: All that it is to hold.
  ///   - path: Its name; the folder must be there.
  ///   - mode: Its permissions; its owner's alone unless said otherwise.
  ///   - owner: A file whose owner is to be this one's too, where root writes it; nil: it is root's.
  ///   - overwrite: Whether a regular file of this name is replaced. What is no regular file (a
  ///     device, a link) never is.
  /// - Throws: Why it was not written; nothing of that name has changed then.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, ownerOf owner: String? = nil,
    overwrite: Bool
  ) throws(PrivateFileFailure) {
    var status = stat()
    if lstat(path, &status) == 0 {
      guard overwrite else { throw PrivateFileFailure(path, .exists) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw PrivateFileFailure(path, .notAFile) }
    }
    let temporary = "\(path).\(getpid()).\(UInt64.random(in: .min ... .max)).new"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw unwritable(path) }
    do throws(PrivateFileFailure) {
      defer { close(descriptor) }
      // The process's umask may have taken bits away; it cannot have added any.
      guard fchmod(descriptor, mode) == 0 else { throw unwritable(path) }
      if let owner { FileOwner.give(descriptor, theOwnerOf: owner) }
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
    guard done == 0 else {
      throw reason == EEXIST ? PrivateFileFailure(path, .exists) : unwritable(path, reason)
    }
    syncFolder(of: path)
  }

  /// Puts a file in the place of another, in one step, on disk when it returns.
  public static func move(_ path: String, over other: String) throws(PrivateFileFailure) {
    guard rename(path, other) == 0 else { throw unwritable(path) }
    syncFolder(of: other)
  }

  /// Removes a file; one that is not there is removed already.
  public static func remove(_ path: String) throws(PrivateFileFailure) {
    guard unlink(path) == 0 || errno == ENOENT else { throw unwritable(path) }
    syncFolder(of: path)
  }

  /// Refuses a file that others than its owner may read, with the remedy.
  ///
  /// A file that is missing is somebody else's finding.
  public static func checkOwnerOnly(_ path: String) throws(PrivateFileFailure) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    guard status.st_mode & 0o077 == 0 else {
      throw PrivateFileFailure(path, .readableByOthers)
    }
  }

  private static func writeAll(
    _ bytes: [UInt8], _ descriptor: Int32, _ path: String
  ) throws(PrivateFileFailure) {
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

  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func unwritable(_ path: String, _ reason: Int32 = errno) -> PrivateFileFailure {
    PrivateFileFailure(path, .unwritable(String(cString: strerror(reason))))
  }
}
