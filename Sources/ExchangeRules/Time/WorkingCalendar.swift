/// Which days are worked: Monday to Friday, less the holidays, plus the make-up weekend days, for
/// the years whose arrangement is known (S4.5).
///
/// Outside of them every answer is a `CalendarGap`.
public struct WorkingCalendar: Sendable, Hashable {
  /// The days that differ from the plain week, in order of date.
  public let rows: [CalendarRow]
  /// The years whose arrangement is known; nil when there is none.
  public let coveredYears: ClosedRange<Int>?

  /// Day number of the first covered day.
  private let firstDay: Int
  /// Day numbers of all working days that are covered, ascending.
  private let workingDays: [Int32]
  /// For each covered day, how many working days lie before it.
  private let workingDaysBefore: [Int32]

  /// A calendar that covers no year: every answer is a `CalendarGap`.
  public init() {
    rows = []
    coveredYears = nil
    firstDay = 0
    workingDays = []
    workingDaysBefore = []
  }

  /// A calendar of these rows.
  ///
  /// The years with an arrangement must follow each other.
  public init(rows: [CalendarRow]) throws(CalendarFileFailure) {
    let sorted = rows.sorted()
    self.rows = sorted
    let byYear = Dictionary(grouping: sorted, by: \.date.year)
    let years = byYear.filter { CalendarYear.missing(in: $0.value, of: $0.key).isEmpty }
      .keys.sorted()
    guard let first = years.first, let last = years.last,
      let firstDate = CivilDate(year: first, month: 1, day: 1),
      let lastDate = CivilDate(year: last, month: 12, day: 31)
    else {
      // Rows of years that are not complete are kept, for a file that completes them.
      coveredYears = nil
      firstDay = 0
      workingDays = []
      workingDaysBefore = []
      return
    }
    guard years.count == last - first + 1 else {
      throw CalendarFileFailure(line: 0, field: "years", reason: .incomplete)
    }
    coveredYears = first...last
    firstDay = firstDate.dayNumber
    var exceptions: [Int: Bool] = [:]
    for row in sorted { exceptions[row.date.dayNumber] = row.isWorked }
    var working: [Int32] = []
    var before: [Int32] = []
    var weekday = firstDate.weekday
    for day in firstDay...lastDate.dayNumber {
      before.append(Int32(truncatingIfNeeded: working.count))
      if exceptions[day] ?? (weekday <= 5) { working.append(Int32(truncatingIfNeeded: day)) }
      weekday = weekday == 7 ? 1 : weekday + 1
    }
    workingDays = working
    workingDaysBefore = before
  }

  /// A calendar from the text of a calendar file.
  public init(csv text: some StringProtocol) throws(CalendarFileFailure) {
    try self.init(rows: CalendarFile.rows(of: text))
  }

  /// Whether a day is worked.
  public func isWorkingDay(_ date: CivilDate) throws(CalendarGap) -> Bool {
    let offset = try offset(of: date.dayNumber)
    let index = Int(workingDaysBefore[offset])
    return index < workingDays.count && Int(workingDays[index]) == date.dayNumber
  }

  /// The day on which `count` working days are over.
  ///
  /// The start is not counted (S4.5); only the days after it need to be covered. `count` below 1 is
  /// the start itself.
  public func adding(workingDays count: Int, to start: CivilDate) throws(CalendarGap) -> CivilDate {
    guard count > 0 else { return start }
    let offset = try offset(of: start.dayNumber + 1)
    let index = Int(workingDaysBefore[offset]) + count - 1
    guard index < workingDays.count else { throw CalendarGap(year: firstYearAfter) }
    return CivilDate(dayNumber: Int(workingDays[index]))
  }

  /// The day itself when it is worked, else the next one that is.
  public func workingDay(onOrAfter date: CivilDate) throws(CalendarGap) -> CivilDate {
    let offset = try offset(of: date.dayNumber)
    let index = Int(workingDaysBefore[offset])
    guard index < workingDays.count else { throw CalendarGap(year: firstYearAfter) }
    return CivilDate(dayNumber: Int(workingDays[index]))
  }

  /// How many working days lie after one day through another: what a late item is late by.
  public func workingDays(after start: CivilDate, through end: CivilDate) throws(CalendarGap) -> Int
  {
    guard start < end else { return 0 }
    let first = try offset(of: start.dayNumber + 1)
    let last = try offset(of: end.dayNumber)
    let lastIsWorked = try isWorkingDay(end)
    return Int(workingDaysBefore[last] - workingDaysBefore[first]) + (lastIsWorked ? 1 : 0)
  }

  private var firstYearAfter: Int { (coveredYears?.upperBound ?? 0) + 1 }

  private func offset(of day: Int) throws(CalendarGap) -> Int {
    let offset = day - firstDay
    guard workingDaysBefore.indices.contains(offset) else {
      throw CalendarGap(year: CivilDate(dayNumber: day).year)
    }
    return offset
  }
}
