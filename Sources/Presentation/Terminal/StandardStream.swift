internal import Glibc

/// Standard output and standard error, unbuffered: whoever waits for a line gets it at once, and
/// what could not be written is noticed.
public enum StandardStream: Int32, Sendable {
  /// Results.
  case output = 1
  /// Failures, warnings and progress.
  case error = 2

  /// Writes all of a text.
  ///
  /// - Throws: ``OutputFailure`` where the system takes less than all of it.
  public func write(_ text: String) throws(OutputFailure) {
    try write(Array(text.utf8).span)
  }

  /// Writes all of the bytes.
  ///
  /// - Throws: ``OutputFailure`` where the system takes less than all of them.
  public func write(_ bytes: Span<UInt8>) throws(OutputFailure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.extracting(start...).withUnsafeBytes {
        Glibc.write(rawValue, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputFailure(code: count < 0 ? errno : EIO) }
      start += count
    }
  }

  /// Prepares a program's streams, before anything else: a reader that went away is an error of a
  /// write and not the end of the program in the middle of its work, and a stream that the caller
  /// has closed does not become that of the next file opened, which may be the ledger.
  public static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // Open for the other direction: each use of it fails, as it would have.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
