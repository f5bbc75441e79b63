/// Where and when something counts.
public struct FigureKey: Hashable, Sendable {
  /// The month of the cycle.
  public var cycle: CycleMonth
  /// Counted for the county as a whole, or for the place alone.
  public var isWholeCounty: Bool
  /// The county; or the most precise place that is known: a village, a township, the county itself.
  public var place: String
  /// The day.
  public var day: CivilDate

  /// A key.
  public init(cycle: CycleMonth, isWholeCounty: Bool, place: String, day: CivilDate) {
    self.cycle = cycle
    self.isWholeCounty = isWholeCounty
    self.place = place
    self.day = day
  }
}

/// What changes in the daily counts when items change.
///
/// Each item counts twice: for its county as a whole and for its most precise place, on either side.
/// Prefectures and provinces are sums of counties, townships sums of their villages.
public struct FigureChange: Sendable {
  /// What is to be added to each count, where that is not nothing.
  public private(set) var counts: [FigureKey: FigureCounts] = [:]

  /// No change yet.
  public init() {}

  /// An item that was counted one way, or not at all, and counts another way from now on.
  public mutating func add(from old: CountedItem?, to new: CountedItem?) {
    if old == new { return }
    if let old { add(old, times: -1) }
    if let new { add(new, times: 1) }
  }

  private mutating func add(_ item: CountedItem, times sign: Int) {
    let cycle = item.cycle.month
    var submission = FigureCounts()
    submission.submitted = 1
    for (isWholeCounty, place) in [(true, item.from), (false, item.askingPlace)] {
      let key = FigureKey(
        cycle: cycle, isWholeCounty: isWholeCounty, place: place, day: item.submitted)
      add(submission, at: key, times: sign)
    }
    let days = item.askedDays
    for (isWholeCounty, place) in [(true, item.to), (false, item.askedPlace)] {
      for (day, counts) in days {
        let key = FigureKey(cycle: cycle, isWholeCounty: isWholeCounty, place: place, day: day)
        add(counts, at: key, times: sign)
      }
    }
  }

  private mutating func add(_ counts: FigureCounts, at key: FigureKey, times sign: Int) {
    self.counts[key, default: FigureCounts()].add(counts, times: sign)
    if self.counts[key]?.isZero == true { self.counts[key] = nil }
  }
}

extension CountedItem {
  /// What it counts for the side that is asked, day by day; a day may come twice.
  fileprivate var askedDays: [(day: CivilDate, counts: FigureCounts)] {
    let isQuery = kind == .assistRequest
    var arrival = FigureCounts()
    arrival.asked = 1
    arrival.feedbackRequired = feedbackRequired ? 1 : 0
    arrival.queries = isQuery ? 1 : 0
    var days = [(submitted, arrival)]
    if let receiptDay {
      var receipt = FigureCounts()
      receipt.received = 1
      days.append((receiptDay, receipt))
    }
    guard feedbackRequired else { return days }
    var deadline = FigureCounts()
    deadline.due = 1
    if let answerDay {
      let isLate = answerDay > lastDay
      deadline.dueInTime = isLate ? 0 : 1
      var answer = FigureCounts()
      answer.answered = 1
      answer.queriesAnswered = isQuery ? 1 : 0
      answer.answeredLate = isLate ? 1 : 0
      answer.notFound = finding == .notFound ? 1 : 0
      answer.substantiated = substantiated ? 1 : 0
      days.append((answerDay, answer))
    }
    days.append((lastDay, deadline))
    return days
  }
}
