/// What an office's work in a cycle is assessed by (S10.2, S10.5, S10.7), beside the cycle's figures.
public struct WorkFigures: Hashable, Sendable {
  /// The figures of the cycle (S5, S6).
  public var figures: CycleFigures
  /// Items that were given to it, or to a village of it (S10.2).
  public var split = 0
  /// Of those: answered.
  public var cameBack = 0
  /// Its own items that were answered.
  public var answersGot = 0
  /// Of those: it has taken note of the answer, and closed the item: the use made of information.
  public var answersUsed = 0
  /// Answers of it that were checked on the spot.
  public var checked = 0
  /// Of those: as they were found to be.
  public var confirmed = 0

  /// Nothing but the cycle's figures.
  public init(_ figures: CycleFigures) {
    self.figures = figures
  }

  /// Counts what was given to the office.
  ///
  /// - Parameter isAnswered: It was answered by the day asked about.
  public mutating func addSplit(isAnswered: Bool) {
    split += 1
    if isAnswered { cameBack += 1 }
  }

  /// Counts an answer that the office got.
  ///
  /// - Parameter isClosed: It has taken note of it.
  public mutating func addAnswer(isClosed: Bool) {
    answersGot += 1
    if isClosed { answersUsed += 1 }
  }

  /// Counts a spot check of an answer; one that could not decide says nothing (interpretation).
  public mutating func add(_ outcome: SpotOutcome) {
    guard outcome != .undecided else { return }
    checked += 1
    if outcome == .confirmed { confirmed += 1 }
  }

  /// A figure of S10.7 as a share: how many, of how many.
  public typealias Share = (count: Int, of: Int)

  /// Received in the cycle, of what was asked.
  public var receipt: Share { (figures[.receivedInCycle], figures[.asked]) }
  /// Fed back in the cycle, of the queries (S6.1).
  public var feedback: Share { (figures[.queriesFedBack], figures[.queries]) }
  /// Quality of feedback: substantiated (G4), of what had to be answered.
  public var quality: Share { (figures[.substantiated], figures[.feedbackRequired]) }
  /// Use made of information: answers taken note of, of those that came.
  public var use: Share { (answersUsed, answersGot) }
}
