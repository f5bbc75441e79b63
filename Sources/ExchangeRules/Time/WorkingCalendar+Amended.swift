extension WorkingCalendar {
  /// This calendar with the rows of a file: what `calendar import` does (S4.5).
  ///
  /// Rows that make a year complete take the place of what was known of it. Others amend their year:
  /// a day of theirs counts in place of what was said of it before, and a make-up day takes back a
  /// day off in the week.
  ///
  /// - Throws: ``CalendarFileFailure`` where a year that is not known is not complete (the detail
  ///   names what is missing), where a make-up day is a working day without it, and where the years
  ///   would not follow each other.
  public func amended(by rows: [CalendarRow]) throws(CalendarFileFailure) -> WorkingCalendar {
    var days: [CivilDate: CalendarRow] = [:]
    for row in self.rows { days[row.date] = row }
    for (year, rows) in Dictionary(grouping: rows, by: \.date.year).sorted(by: { $0.key < $1.key })
    {
      let missing = CalendarYear.missing(in: rows, of: year)
      if missing.isEmpty {
        days = days.filter { $0.key.year != year }
      } else if coveredYears?.contains(year) != true {
        throw CalendarFileFailure(
          line: 0, field: "years", reason: .incomplete,
          detail: "\(year)：\(missing.joined(separator: "、"))")
      }
      for row in rows {
        guard row.isWorked, row.date.weekday <= 5 else {
          days[row.date] = row
          continue
        }
        guard days[row.date]?.isWorked == false else {
          throw CalendarFileFailure(
            line: 0, field: "date", reason: .alreadyWorked, detail: "\(row.date)")
        }
        days[row.date] = nil
      }
    }
    return try WorkingCalendar(rows: Array(days.values))
  }

  /// The first year that is missing, from the beginning of the November before it: the State Council
  /// announces a year's holidays by then, and clocks begin to need them in its last week.
  ///
  /// Nil while there is time.
  public func gap(nearing day: CivilDate) -> CalendarGap? {
    guard let last = coveredYears?.upperBound else { return CalendarGap(year: day.year) }
    guard let warning = CivilDate(year: last, month: 11, day: 1) else { return nil }
    return day >= warning ? CalendarGap(year: last + 1) : nil
  }
}
