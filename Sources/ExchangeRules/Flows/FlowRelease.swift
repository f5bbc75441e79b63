/// A set of flow tables as they were published: of the moves of a period (S13.1).
///
/// What several reports say together must tell no more than one alone. So each move stands in the
/// tables of one period only, all tables of a period are made from the same moves, and a period is
/// published once, as it is: what is corrected later is not published again. Then no number of one
/// period is a sum or a difference of numbers that another shows, and no two places' reports differ
/// in their numbers: a report of a part is cut out of the whole.
///
/// All tables of a period have the origin in their rows: the destination, or a property of the persons
/// beside it. Tables that share one line of totals, all of which are shown, tell nothing of each other's
/// cells: for any way to fill them there are persons who fill them all.
public struct FlowRelease: Hashable, Sendable {
  /// The first day of the period.
  public let first: CivilDate
  /// The last day of the period.
  public let last: CivilDate
  /// The divisions by which origins and destinations are shown.
  public let level: DivisionLevel

  /// A period; nil where it ends before it begins.
  public init?(first: CivilDate, last: CivilDate, level: DivisionLevel) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
    self.level = level
  }

  /// How a report is to be made.
  public enum Answer: Hashable, Sendable {
    /// Its period is not published yet: it is counted, and kept as it is.
    case count
    /// It is published: the kept tables are shown again.
    case show
    /// It shares days with a period that is published otherwise: beside that one it could be
    /// subtracted from.
    case refuse(FlowRelease)
  }

  /// How a report may be made beside those that are published.
  public func answer(beside published: some Sequence<FlowRelease>) -> Answer {
    for other in published where first <= other.last && other.first <= last {
      return other == self ? .show : .refuse(other)
    }
    return .count
  }
}
