internal import ExchangeProtos
public import ExchangeRules
public import Ledger

/// A change of calendar: keeps the new days, recomputes the open items, and says which moved (S4.5).
///
/// The days are kept first; then the items follow in commits of some hundred, so that a node that
/// runs beside goes on. A run that was cut short is simply made again.
public struct CalendarImport: Sendable {
  /// An item whose due date is another now.
  public struct Move: Sendable, Hashable {
    /// The item.
    public let item: LedgerID
    /// The due date before.
    public let before: CivilDate?
    /// The due date since.
    public let after: CivilDate
  }

  /// What an import did.
  public struct Outcome: Sendable, Hashable {
    /// The years that the calendar covers now.
    public var coveredYears: ClosedRange<Int>?
    /// The items that moved, in the order in which they came.
    public var moved: [Move] = []
    /// Open items that were looked at.
    public var recomputed = 0
    /// Items with a clock that leaves the covered years: their date is that of their other clocks.
    public var notCovered: [LedgerID] = []
  }

  private let rows: [CalendarRow]
  private let builtIn: WorkingCalendar

  /// Items recomputed in one commit.
  private static let pageItems = 256

  /// An import of a calendar file's text, over the calendar of the program.
  public init(
    csv text: some StringProtocol, over builtIn: WorkingCalendar
  ) throws(CalendarFileFailure) {
    rows = try CalendarFile.rows(of: text)
    self.builtIn = builtIn
    guard !rows.isEmpty else {
      throw CalendarFileFailure(line: 1, field: "date", reason: .missing)
    }
  }

  /// Imports into a ledger, with the trace of it; `now` in milliseconds since 1970.
  ///
  /// A complete year takes the place of the one known; other rows amend theirs.
  ///
  /// - Throws: `CalendarFileFailure` where a new year is not complete, a make-up day is a working day
  ///   already, or the years would not follow each other; nothing has been kept then.
  public func run(
    in ledger: Ledger, now: Int64, by actor: LedgerActor
  ) async throws -> Outcome {
    let calendar = try await ledger.commit { [builtIn, rows] ledger in
      // Looked at before anything is written: a refusal leaves the ledger as it is.
      let years = Set(rows.map(\.date.year))
      let kept = try ledger.calendarDays()
      // A year that an earlier version took half is mended by a file that has it whole.
      let others = kept.filter { !years.contains(Int($0.day) / 10_000) }
      let known = try (try? builtIn.withYears(of: kept)) ?? builtIn.withYears(of: others)
      let calendar = try known.amended(by: rows)
      let days = calendar.rows.filter { years.contains($0.date.year) }.map { row in
        // The rules ask only whether the day is worked; what it stands in for is not kept.
        CalendarDay(
          day: row.date.yyyymmdd,
          type: row.isWorked ? CalendarDay.workedType : CalendarDay.holidayType, name: row.name,
          isInLieu: false)
      }
      try ledger.importCalendar(days, at: now)
      let named = years.sorted().map(String.init).joined(separator: " ")
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "calendar-import", purpose: named))
      return calendar
    }
    return try await CalendarImport.recompute(under: calendar, in: ledger, now: now)
  }

  /// Recomputes the open items of a ledger under a calendar: a node does it too when it takes an
  /// imported one, for what came while it went by the old.
  public static func recompute(
    under calendar: WorkingCalendar, in ledger: Ledger, now: Int64
  ) async throws -> Outcome {
    var outcome = Outcome()
    outcome.coveredYears = calendar.coveredYears
    var last = LedgerPlace.start
    while true {
      let after = last
      let page = try await ledger.commit { ledger in
        let page = try ledger.openItems(after: after, limit: CalendarImport.pageItems)
        return try page.map {
          ($0.place, try CalendarImport.move($0, under: calendar, in: ledger, now: now))
        }
      }
      for (place, result) in page {
        last = place
        outcome.recomputed += 1
        switch result {
        case .moved(let move): outcome.moved.append(move)
        case .notCovered(let item): outcome.notCovered.append(item)
        case .stays: break
        }
      }
      if page.isEmpty { return outcome }
    }
  }

  private enum Recomputed: Sendable {
    case stays
    case moved(Move)
    case notCovered(LedgerID)
  }

  private static func move(
    _ open: OpenItem, under calendar: WorkingCalendar, in ledger: LedgerTransaction, now: Int64
  ) throws -> Recomputed {
    let item = open.item
    guard let profile = RuleProfile(name: item.profile), profile.hasWorkingDayClocks,
      let submitted = CivilDate(yyyymmdd: item.submitted),
      let body = try ledger.body(of: item.id, .entered)
    else { return .stays }
    let receivedAt = item.times[.received]
    let received = receivedAt == 0 ? nil : CivilDate(chinaDateOf: receivedAt)
    guard
      let facts = try Item(decoding: body).facts(
        submitted: submitted, received: received, profile: profile)
    else { return .stays }
    let ruling: ItemRuling
    do throws(RulingGap) {
      ruling = try ItemRuling(asFarAsKnown: facts, calendar: calendar)
    } catch {
      return .notCovered(item.id)
    }
    let hasMoved = try ledger.moveDue(
      of: item.id, to: ruling, at: now, reason: DueChange.calendar)
    guard hasMoved else { return ruling.waiting.isEmpty ? .stays : .notCovered(item.id) }
    return .moved(Move(item: item.id, before: CivilDate(yyyymmdd: item.due), after: ruling.due))
  }
}
