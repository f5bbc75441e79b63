/// What the figures of a cycle look at of an item that was submitted (S5, S6).
///
/// A figure says how it was at the end of a day; what happened later does not count yet. Nothing
/// counts before the item was submitted, whatever a wrong clock says.
public struct CountedItem: Hashable, Sendable {
  /// A question or a notice.
  public var kind: ItemKind
  /// The county that asks, 6 digits.
  public var from: String
  /// The county that is asked, 6 digits.
  public var to: String
  /// Where it was entered: a county, township or village.
  public var enteredAt: String
  /// The place in the asked county that its address names; empty: it names none.
  public var askedAt: String
  /// The township or village that it was given to; empty: none.
  public var assignedTo: String
  /// An answer is required (S4).
  public var feedbackRequired: Bool
  /// The day of submission, in China.
  public var submitted: CivilDate
  /// The earliest of its deadlines (S4.6).
  public var due: CivilDate
  /// The day of receipt; nil: not received.
  public var received: CivilDate?
  /// The day of the answer; nil: not answered.
  public var answered: CivilDate?
  /// What the answer found; nil: not answered.
  public var finding: Finding?
  /// The answer is substantiated (G4).
  public var substantiated: Bool

  /// An item that was submitted and is neither received nor answered.
  public init(
    kind: ItemKind, from: String, to: String, enteredAt: String, askedAt: String,
    assignedTo: String, feedbackRequired: Bool, submitted: CivilDate, due: CivilDate
  ) {
    self.kind = kind
    self.from = from
    self.to = to
    self.enteredAt = enteredAt
    self.askedAt = askedAt
    self.assignedTo = assignedTo
    self.feedbackRequired = feedbackRequired
    self.submitted = submitted
    self.due = due
    substantiated = false
  }

  /// The cycle that it counts in: that of its day of submission (S5.2).
  public var cycle: SubmissionCycle { SubmissionCycle(containing: submitted) }

  /// The place that asked, as precisely as it is known: a village, a township, or the county.
  public var askingPlace: String { CountedItem.isWithin(from, enteredAt) ? enteredAt : from }

  /// The place that is asked, as precisely as it is known.
  ///
  /// That is where the address lies; given to another place, it is that one's to answer for (S10.2).
  public var askedPlace: String {
    let address = CountedItem.isWithin(to, askedAt) ? askedAt : to
    guard CountedItem.isWithin(to, assignedTo) else { return address }
    return CountedItem.isWithin(assignedTo, address) ? address : assignedTo
  }

  private static func isWithin(_ outer: String, _ place: String) -> Bool {
    !place.isEmpty && place.utf8.starts(with: outer.utf8)
  }

  /// The day on which its receipt counts.
  var receiptDay: CivilDate? { received.map { max($0, submitted) } }
  /// The day on which its answer counts, where one is required.
  var answerDay: CivilDate? { feedbackRequired ? answered.map { max($0, submitted) } : nil }
  /// The day through which an answer is in time.
  var lastDay: CivilDate { max(due, submitted) }

  /// The figures of the asked side that count the item, as of a day.
  public func measures(asOf day: CivilDate) -> Set<FigureMeasure> {
    guard submitted <= day else { return [] }
    let closing = cycle.receiptCycle.last
    var measures: Set<FigureMeasure> = [.asked]
    if kind == .assistRequest { measures.insert(.queries) }
    if let receiptDay, receiptDay <= min(day, closing) { measures.insert(.receivedInCycle) }
    guard feedbackRequired else { return measures }
    measures.insert(.feedbackRequired)
    let done = answerDay.flatMap { $0 <= day ? $0 : nil }
    switch AnswerTimeliness(due: lastDay, done: done, asOf: day) {
    case .open: measures.insert(.open)
    case .inTime: measures.insert(.inTime)
    case .lateButDone: measures.insert(.lateDone)
    case .neverDone: measures.insert(.neverDone)
    }
    guard let done else { return measures }
    if finding == .notFound { measures.insert(.notFound) }
    if substantiated { measures.insert(.substantiated) }
    if done <= closing {
      measures.insert(.fedBackInCycle)
      if kind == .assistRequest { measures.insert(.queriesFedBack) }
    }
    return measures
  }
}
