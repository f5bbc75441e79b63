/// What happened on one day to the items of a place, for the figures of a cycle.
///
/// Each number counts items by a day of their own, so that the figures as of any day are sums over
/// the days through it, and an item's part can be taken away and put back.
public struct FigureCounts: Hashable, Sendable {
  /// By the day of submission: what the place asked others.
  public var submitted = 0
  /// By the day of submission: what others asked of it.
  public var asked = 0
  /// By the day of submission: an answer is required.
  public var feedbackRequired = 0
  /// By the day of submission: assist requests (S6.1).
  public var queries = 0
  /// By the day of receipt.
  public var received = 0
  /// By the day of the answer, where one is required.
  public var answered = 0
  /// By the day of the answer: assist requests.
  public var queriesAnswered = 0
  /// By the day of the answer: after the due date.
  public var answeredLate = 0
  /// By the day of the answer: not found.
  public var notFound = 0
  /// By the day of the answer: substantiated.
  public var substantiated = 0
  /// By the due date, where an answer is required.
  public var due = 0
  /// By the due date: answered through it.
  public var dueInTime = 0

  /// Nothing.
  public init() {}

  /// Whether nothing is counted.
  public var isZero: Bool { self == FigureCounts() }

  /// Adds what other items count, or takes it away again.
  mutating func add(_ other: FigureCounts, times sign: Int) {
    submitted += sign * other.submitted
    asked += sign * other.asked
    feedbackRequired += sign * other.feedbackRequired
    queries += sign * other.queries
    received += sign * other.received
    answered += sign * other.answered
    queriesAnswered += sign * other.queriesAnswered
    answeredLate += sign * other.answeredLate
    notFound += sign * other.notFound
    substantiated += sign * other.substantiated
    due += sign * other.due
    dueInTime += sign * other.dueInTime
  }
}
