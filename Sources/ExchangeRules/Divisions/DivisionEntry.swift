/// One name that a code stood for, and when.
public struct DivisionEntry: Hashable, Sendable {
  /// The code.
  public let code: DivisionCode
  /// The name, such as "南山区".
  public let name: String
  /// The first year.
  public let fromYear: Int
  /// The year in which it was no more; nil while it lasts.
  public let untilYear: Int?
  /// Where it went: with a year, a part split off then; without, what took its place at the end.
  public let successors: [Successor]

  /// A division that took over all or part of another.
  public struct Successor: Hashable, Sendable {
    /// The division that took over.
    public let code: DivisionCode
    /// The year of a split; nil when it is the end of the entry.
    public let year: Int?
  }

  /// Whether it lasts.
  public var isActive: Bool { untilYear == nil }

  /// Whether it stood in a year.
  public func stood(in year: Int) -> Bool {
    fromYear <= year && year < (untilYear ?? .max)
  }
}
