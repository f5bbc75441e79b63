import ExchangeRules

/// How the program writes a moment.
enum TimeText {
  /// `2009-06-20 08:30:00` in China, of milliseconds since 1970 (UTC); empty for 0, which is never.
  static func text(_ milliseconds: Int64) -> String {
    milliseconds > 0 ? ChinaTime.text(milliseconds) : ""
  }
}
