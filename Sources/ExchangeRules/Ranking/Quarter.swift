/// A quarter of a year: the three cycles whose months lie in it (S9.1).
public struct Quarter: Hashable, Sendable, CustomStringConvertible {
  /// The year.
  public let year: Int
  /// 1 through 4.
  public let number: Int

  private init(_ year: Int, _ number: Int) {
    self.year = year
    self.number = number
  }

  /// A quarter from exactly "YYYYQn", such as "2026Q3", or nil.
  public init?(_ text: some StringProtocol) {
    let parts = text.uppercased().split(separator: "Q", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 1, let number = Int(parts[1]),
      let month = CycleMonth("\(parts[0])-0\(number)"), (1...4).contains(number)
    else { return nil }
    self.init(month.year, number)
  }

  /// The quarter in which a cycle's month lies.
  public init(containing cycle: SubmissionCycle) {
    self.init(cycle.month.year, (cycle.month.month - 1) / 3 + 1)
  }

  /// Its cycles, in order.
  public var cycles: [SubmissionCycle] {
    (1...3).compactMap { CycleMonth(year: year, month: (number - 1) * 3 + $0) }
      .map(SubmissionCycle.init)
  }

  /// The quarter before.
  public var previous: Quarter { number == 1 ? Quarter(year - 1, 4) : Quarter(year, number - 1) }

  /// "YYYYQn".
  public var description: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "Q\(number)"
  }
}
