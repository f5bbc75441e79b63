internal import Glibc
internal import PrivateFiles

/// The exclusive claim of one process on a ledger: an advisory lock on a file beside it.
///
/// The lock ends with the process, however it ends, so a killed node leaves nothing to clean up.
final class FileOwnership: Sendable {
  private let descriptor: Guarded<Int32?>

  private init(descriptor: Int32) {
    self.descriptor = Guarded(descriptor)
  }

  deinit {
    release()
  }

  /// The claim, or nil when somebody holds it, be it this process.
  static func claim(_ path: String) throws(LedgerFailure) -> FileOwnership? {
    let failures = SQLiteFailures(path: path)
    let descriptor = open(path + "-owner", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failures.opening(errno) }
    FileOwner.give(descriptor, theOwnerOf: path)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return nil }
      throw failures.opening(code)
    }
    return FileOwnership(descriptor: descriptor)
  }

  func release() {
    descriptor.withLock { held in
      if let open = held { close(open) }
      held = nil
    }
  }
}
