/// The figures of one division in one cycle, as of the end of a day (S5, S6, G4).
///
/// `submitted` counts what the division asked others, all the rest what others asked of it. The
/// figures of a division are the sums of those below it: what one of its counties asks another
/// counts in both directions.
public struct CycleFigures: Hashable, Sendable {
  /// The version of these definitions, kept with each figure that is frozen: it changes with them.
  public static let rules = "2026-1"

  /// The submission cycle whose items are counted.
  public let cycle: SubmissionCycle
  /// What happened after this day does not count yet.
  public let asOf: CivilDate
  private var counts: [Int]

  /// Nothing counted.
  public init(_ cycle: SubmissionCycle, asOf: CivilDate) {
    self.cycle = cycle
    self.asOf = asOf
    counts = Array(repeating: 0, count: FigureMeasure.allCases.count)
  }

  /// How many items a figure counts.
  public subscript(measure: FigureMeasure) -> Int {
    get { counts[measure.rawValue - 1] }
    set { counts[measure.rawValue - 1] = newValue }
  }

  /// Adds what happened on a day.
  public mutating func add(_ day: FigureCounts, on date: CivilDate) {
    if date < asOf {
      // Whoever is past the due date on the day asked about; those answered late are taken out below.
      let missed = day.due - day.dueInTime
      self[.neverDone] += missed
      self[.open] -= missed
    }
    guard date <= asOf else { return }
    self[.submitted] += day.submitted
    self[.asked] += day.asked
    self[.feedbackRequired] += day.feedbackRequired
    self[.queries] += day.queries
    self[.inTime] += day.answered - day.answeredLate
    self[.lateDone] += day.answeredLate
    self[.neverDone] -= day.answeredLate
    self[.open] += day.feedbackRequired - (day.answered - day.answeredLate)
    self[.notFound] += day.notFound
    self[.substantiated] += day.substantiated
    guard date <= cycle.receiptCycle.last else { return }
    self[.receivedInCycle] += day.received
    self[.fedBackInCycle] += day.answered
    self[.queriesFedBack] += day.queriesAnswered
  }

  /// Counts an item that the division asked others.
  public mutating func add(submitted item: CountedItem) {
    if item.cycle == cycle, item.submitted <= asOf { self[.submitted] += 1 }
  }

  /// Counts an item that others asked of the division.
  public mutating func add(asked item: CountedItem) {
    guard item.cycle == cycle else { return }
    for measure in item.measures(asOf: asOf) { self[measure] += 1 }
  }

  /// Adds the figures of a part of the division.
  public mutating func add(_ part: CycleFigures) {
    for measure in FigureMeasure.allCases { self[measure] += part[measure] }
  }

  /// S6.1: the feedback rate of the assist requests.
  public var rate: FeedbackRate {
    FeedbackRate(queries: self[.queries], fedBack: self[.queriesFedBack])
  }

  /// S6.1: whether the rate is under 95 %; without any query nothing is owed.
  public var isBelowLine: Bool { rate.verdict.failure != nil }

  /// S6.2: nothing was submitted.
  public var hasNoSubmission: Bool {
    NoEmptyCycle.check(submitted: self[.submitted], cycle: cycle).failure != nil
  }
}
