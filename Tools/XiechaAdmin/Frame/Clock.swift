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
    guard milliseconds > 0 else { return "" }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 8 * 3600)
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
  }
}
