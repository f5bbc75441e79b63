public import ExchangeProtos
public import ExchangeRules
internal import Presentation

/// An office's work in a cycle, with who signs in for it at the node that was asked.
public struct OfficeWork: Sendable, Hashable {
  /// An operator, and the days of the month on which he ought to have signed in (S10.1).
  public struct SignIns: Sendable, Hashable {
    /// The account.
    public var account: String
    /// The person's name; may be empty.
    public var name: String
    /// Working days of the month that have passed.
    public var workingDays: Int
    /// Those without a sign-in.
    public var missing: [CivilDate]
  }

  /// The office.
  public var division: DivisionCode
  /// What it is assessed by.
  public var work: WorkFigures
  /// Who signs in for it here; empty: nobody, or at a node of its own.
  public var operators: [SignIns]
}

extension NodeSession {
  /// The work of an office, or of each of a level within it, in the order of their codes.
  ///
  /// - Parameters:
  ///   - cycle: The cycle; sign-ins are of its month.
  ///   - division: A county or one below it; nil: the caller's own.
  ///   - level: The level whose divisions are shown; nil: the office itself.
  /// - Returns: The work by office.
  /// - Throws: The node's refusal.
  public func work(
    in cycle: SubmissionCycle, of division: DivisionCode?, by level: DivisionLevel?
  ) async throws -> [OfficeWork] {
    var request = WorkRequest()
    request.cycle = "\(cycle)"
    request.of = division.map { "\($0)" } ?? ""
    request.by = level
    return try await all(Township.work, request).compactMap { line in
      guard let figures = line.figures, let division = DivisionCode(figures.division) else {
        return nil
      }
      return OfficeWork(
        division: division, work: WorkFigures(line, CycleFigures(figures, of: cycle)),
        operators: line.operators.map {
          .init(
            account: $0.account, name: $0.name, workingDays: Int($0.workingDays),
            missing: $0.missing.compactMap { CivilDate(yyyymmdd: $0) })
        })
    }
  }

  /// What an office is late with today, with who answers for it; leaves a trace (G2).
  public func lateItems(of division: DivisionCode?) async throws -> [LateLine] {
    var request = LateRequest()
    request.of = division.map { "\($0)" } ?? ""
    return try await all(Township.late, request)
  }

  /// A sample of what an office has answered; leaves a trace with the seed (G2).
  ///
  /// - Parameters:
  ///   - count: How many, 1 through 1000.
  ///   - cycle: Of the items submitted in this cycle.
  ///   - division: Answered by this office; nil: the caller's own.
  ///   - day: Answered through this day; nil: today.
  ///   - seed: From the same items and seed comes the same sample.
  /// - Returns: The items, with what their last check has found.
  /// - Throws: The node's refusal.
  public func sample(
    _ count: Int, in cycle: SubmissionCycle, of division: DivisionCode?, asOf day: CivilDate?,
    seed: UInt64
  ) async throws -> [SampleLine] {
    var request = SampleRequest()
    request.cycle = "\(cycle)"
    request.of = division.map { "\($0)" } ?? ""
    request.asOf = day?.yyyymmdd ?? 0
    request.seed = seed
    request.count = UInt32(clamping: count)
    return try await all(Township.sample, request)
  }

  /// Keeps what a spot check of an answer has found.
  public func check(
    _ name: String, _ outcome: SpotOutcome, note: String
  ) async throws -> SampleLine {
    var request = CheckRequest()
    request.item = try await ItemFinder(node: self).ids(of: [name]).first ?? []
    request.outcome = outcome
    request.note = note
    return try await call(Township.check, request)
  }
}

extension WorkFigures {
  fileprivate init(_ line: WorkLine, _ figures: CycleFigures) {
    self.init(figures)
    split = Int(clamping: line.split)
    cameBack = Int(clamping: line.cameBack)
    answersGot = Int(clamping: line.answersGot)
    answersUsed = Int(clamping: line.answersUsed)
    checked = Int(clamping: line.checked)
    confirmed = Int(clamping: line.confirmed)
  }
}
