import Glibc

/// A folder held by one process at a time, whoever else waits: until it is released, or the process
/// ends.
struct FolderLock {
  private let descriptor: Int32

  /// Waits until the folder is free.
  init(_ folder: String) throws(TLSFailure) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TLSFailure(
        .unreadableFile, "cannot open \(folder): \(String(cString: strerror(errno)))")
    }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        throw TLSFailure(.unwritableFile, "cannot lock \(folder): \(reason)")
      }
    }
  }

  func release() { close(descriptor) }
}
