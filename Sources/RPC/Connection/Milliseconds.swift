internal import NIOCore

extension NIODeadline {
  /// Milliseconds of the machine's monotonic clock, as the state machines count.
  var milliseconds: UInt64 { uptimeNanoseconds / 1_000_000 }
}
