import Foundation

/// A value that one thread at a time may touch.
///
/// A POSIX lock under the hood, unlike `Synchronization.Mutex` on Linux: the thread sanitizer knows
/// those, so that its runs over this module mean something.
final class Guarded<Value>: @unchecked Sendable {
  // Touched only while the lock is held.
  private var value: Value
  private let lock = NSLock()

  init(_ value: Value) {
    self.value = value
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
