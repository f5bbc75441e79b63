/// A report that an office owes of a month: to whom, and by when (S10.6, S12.5).
public struct ReportDuty: Hashable, Sendable {
  /// How an office stands with a report.
  public enum Standing: Int, CaseIterable, Hashable, Sendable {
    /// It was sent by its day.
    case inTime = 1
    /// It was sent later.
    case late = 2
    /// It is not there, and its day has not passed.
    case open = 3
    /// It is not there, and its day has passed.
    case missing = 4

    /// What an operator reads.
    public var label: BilingualText {
      switch self {
      case .inTime: BilingualText(chinese: "按时", english: "in time")
      case .late: BilingualText(chinese: "迟报", english: "late")
      case .open: BilingualText(chinese: "未到期", english: "not due yet")
      case .missing: BilingualText(chinese: "未报", english: "missing")
      }
    }
  }

  /// The office that it goes to.
  public let addressee: DivisionCode
  /// The last day on which it is in time.
  public let due: CivilDate

  /// The duty; nil where an office of this level owes no such report.
  ///
  /// - Parameters:
  ///   - kind: The roster or the monthly tables.
  ///   - office: A village or a township.
  ///   - month: The month; of a roster that of its cycle.
  public init?(_ kind: LetterKind, of office: DivisionCode, in month: CycleMonth) {
    guard let addressee = office.parent else { return nil }
    switch (kind, office.level) {
    case (.roster, .township): due = ReportingDates.roster(of: month)
    case (.monthlyTables, .village): due = ReportingDates.communityTables(of: month)
    case (.monthlyTables, .township): due = ReportingDates.townshipTables(of: month)
    default: return nil
    }
    self.addressee = addressee
  }

  /// How the office stands.
  ///
  /// - Parameters:
  ///   - sent: The day on which the report was sent; nil: it was not.
  ///   - today: The day asked on.
  /// - Returns: In time, late, open or missing.
  public func standing(sent: CivilDate?, on today: CivilDate) -> Standing {
    if let sent { return sent <= due ? .inTime : .late }
    return today <= due ? .open : .missing
  }

  /// Whether a report can be made: its month is over, so that nothing is missing from it.
  public static func canBeMade(of month: CycleMonth, on today: CivilDate) -> RuleVerdict {
    if month.last < today { return .meets }
    return .fails(
      RuleFailure(
        rule: "S12.5", field: "month", reason: .inTheFuture,
        chinese: "\(month)月尚未结束，\(month.last)之后才能上报",
        english: "the month \(month) is not over; its report is made after \(month.last)"))
  }
}
