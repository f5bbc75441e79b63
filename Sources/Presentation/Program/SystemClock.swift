internal import Glibc

/// The time of the machine: the one clock of the programs.
public enum SystemClock {
  /// Milliseconds since 1970, UTC.
  public static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970, UTC.
  public static var seconds: Int64 { milliseconds / 1000 }
}
