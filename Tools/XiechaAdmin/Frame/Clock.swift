import ExchangeRules
import Foundation
import Glibc

/// The time, and how the program writes it.
enum Clock {
  /// Milliseconds since 1970, UTC.
  static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970, UTC.
  static var seconds: Int64 { milliseconds / 1000 }

  /// `2009-06-20 08:30:00` in China; empty for never.
  static func text(_ milliseconds: Int64) -> String {
    milliseconds > 0 ? ChinaTime.text(milliseconds) : ""
  }
}
