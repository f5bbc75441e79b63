/// The month that names a cycle.
public struct CycleMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The year, 1 through 9999; 10000 after the last day that can be written.
  public let year: Int
  /// The month, 1 through 12.
  public let month: Int

  /// A month, or nil when there is none of that number.
  public init?(year: Int, month: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    self.init(index: year * 12 + month - 1)
  }

  /// A month from exactly "YYYY-MM", or nil.
  public init?(_ text: some StringProtocol) {
    guard let first = CivilDate(text + "-01") else { return nil }
    self.init(index: first.year * 12 + first.month - 1)
  }

  /// The month in which a day lies.
  public init(containing date: CivilDate) {
    self.init(index: date.year * 12 + date.month - 1)
  }

  private init(index: Int) {
    year = index / 12
    month = index % 12 + 1
  }

  /// The month before.
  public var previous: CycleMonth { CycleMonth(index: year * 12 + month - 2) }
  /// The month after.
  public var next: CycleMonth { CycleMonth(index: year * 12 + month) }

  /// Its first day.
  public var first: CivilDate { day(1) }
  /// Its last day.
  public var last: CivilDate { next.first.adding(days: -1) }

  /// A day of the month, held to the days that can be written; `day` is 1 through 28.
  func day(_ day: Int) -> CivilDate {
    if year < 1 { return .earliest }
    return CivilDate(year: year, month: month, day: day) ?? .latest
  }

  /// "YYYY-MM".
  public var description: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (month < 10 ? "-0" : "-") + String(month)
  }

  /// Earlier months come first.
  public static func < (left: CycleMonth, right: CycleMonth) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }
}
