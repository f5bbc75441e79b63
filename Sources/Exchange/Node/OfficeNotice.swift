internal import ExchangeProtos
public import ExchangeRules

/// What an office should see to before it is late: told to everybody who signs in there.
public struct OfficeNotice: Sendable, Hashable {
  /// A stable word for programs.
  public let reason: String
  /// What it is, and what to do.
  public let text: BilingualText

  /// A notice.
  public init(reason: String, text: BilingualText) {
    self.reason = reason
    self.text = text
  }

  /// That next year's calendar is missing (S4.5); nil while there is time.
  public init?(calendar: WorkingCalendar, on day: CivilDate) {
    guard let gap = calendar.gap(nearing: day) else { return nil }
    self.init(reason: "calendar", text: gap.text)
  }

  var message: Advice {
    var message = Advice()
    message.rule = "S4.5"
    message.reason = reason
    message.text = "\(text.chinese) / \(text.english)"
    return message
  }
}
