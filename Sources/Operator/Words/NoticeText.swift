public import ExchangeRules

/// The notices that are called for, a line each: "应通报：…（S4.4）".
public enum NoticeText {
  /// A line for each notice.
  public static func lines(of notices: [NoticeEvent], _ language: Language) -> [String] {
    notices.map { line(of: $0, count: nil, language) }
  }

  /// A line for each notice.
  public static func lines(of counts: [NoticeEvent: Int], _ language: Language) -> [String] {
    counts.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { line(of: $0.key, count: $0.value, language) }
  }

  private static func line(of notice: NoticeEvent, count: Int?, _ language: Language) -> String {
    switch language {
    case .chinese:
      "应通报：\(notice.label.chinese)" + (count.map { " \($0) 人" } ?? "") + "（S4.4）"
    case .english:
      "to be notified: \(notice.label.english)" + (count.map { ": \($0)" } ?? "") + " (S4.4)"
    }
  }
}
