/// S5.2: the receipt-and-feedback cycle of a month, the 28th of the month before through the 27th.
///
/// It measures what the other side submitted in the submission cycle of the same month.
public struct ReceiptCycle: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The last day of a month's receipt and feedback (S5.1).
  public static let closingDay = 27

  /// The month that names the cycle.
  public let month: CycleMonth

  /// The cycle of a month.
  public init(month: CycleMonth) {
    self.month = month
  }

  /// The cycle in which a day lies.
  public init(containing date: CivilDate) {
    let month = CycleMonth(containing: date)
    self.month = date.day > ReceiptCycle.closingDay ? month.next : month
  }

  /// The 28th of the month before.
  public var first: CivilDate { month.previous.day(ReceiptCycle.closingDay + 1) }
  /// The 27th.
  public var last: CivilDate { month.day(ReceiptCycle.closingDay) }
  /// The submissions that the cycle measures.
  public var measured: SubmissionCycle { SubmissionCycle(month: month) }

  /// Whether a day lies in the cycle.
  public func contains(_ date: CivilDate) -> Bool { first <= date && date <= last }

  /// Whether an item counts as received or fed back in the cycle: submitted in the cycle that it
  /// measures, and done on or before the 27th, even before the 28th of the month before
  /// (interpretation of S5.2).
  public func counts(submitted: CivilDate, done: CivilDate) -> Bool {
    measured.contains(submitted) && done <= last
  }

  /// "YYYY-MM".
  public var description: String { month.description }

  /// Earlier cycles come first.
  public static func < (left: ReceiptCycle, right: ReceiptCycle) -> Bool {
    left.month < right.month
  }
}

extension SubmissionCycle {
  /// The cycle in which these submissions are to be received and fed back.
  public var receiptCycle: ReceiptCycle { ReceiptCycle(month: month) }
}
