internal import ExchangeProtos
public import ExchangeRules
internal import Presentation
internal import Wire

/// An item that figures count, with its identity.
public struct IdentifiedItem: Sendable, Hashable {
  /// The item's sixteen bytes.
  public var id: [UInt8]
  /// What the figures look at of it.
  public var item: CountedItem
}

/// A county's figures of a closed cycle, as they were frozen.
public struct FrozenVersion: Sendable, Hashable {
  /// The county.
  public var county: DivisionCode
  /// From 1; a later correction makes the next one.
  public var version: Int
  /// When it was frozen: milliseconds since 1970.
  public var frozen: Int64
  /// The version of the definitions.
  public var rules: String
  /// Over the identities that each figure counts, in hexadecimal.
  public var digest: String
  /// The figures as of the day on which the cycle closed.
  public var figures: CycleFigures
}

extension NodeSession {
  /// The frozen figures of a closed cycle: by county, the oldest version first.
  public func figureVersions(
    of cycle: SubmissionCycle, in division: DivisionCode? = nil
  ) async throws -> [FrozenVersion] {
    var request = FiguresRequest()
    request.cycle = "\(cycle)"
    request.of = division.map { "\($0)" } ?? ""
    return try await all(Figures.versions, request).compactMap { reply in
      guard let figures = reply.figures, let county = DivisionCode(figures.division) else {
        return nil
      }
      return FrozenVersion(
        county: county, version: Int(reply.version), frozen: reply.frozen, rules: reply.rules,
        digest: ItemName.full(reply.digest), figures: CycleFigures(figures, of: cycle))
    }
  }

  /// The figures of a division, or of those below it, in the order of their codes.
  ///
  /// - Parameters:
  ///   - cycle: The cycle.
  ///   - division: The division; nil: the caller's own.
  ///   - level: The level whose divisions are shown; nil: the division itself.
  ///   - day: What happened after it does not count yet; nil: today.
  /// - Returns: The figures by division.
  /// - Throws: The node's refusal.
  public func figures(
    of cycle: SubmissionCycle, in division: DivisionCode? = nil, by level: DivisionLevel? = nil,
    asOf day: CivilDate? = nil
  ) async throws -> [(division: DivisionCode, figures: CycleFigures)] {
    var request = FiguresRequest()
    request.cycle = "\(cycle)"
    request.of = division.map { "\($0)" } ?? ""
    request.by = level
    request.asOf = day?.yyyymmdd ?? 0
    return try await all(Figures.show, request).compactMap { reply in
      guard let division = DivisionCode(reply.division) else { return nil }
      return (division, CycleFigures(reply, of: cycle))
    }
  }

  /// The items that the figures of a division look at, in either direction; the node keeps a trace of
  /// the question (G2).
  public func countedItems(
    of cycle: SubmissionCycle, in division: DivisionCode? = nil
  ) async throws -> [IdentifiedItem] {
    var request = FigureItemsRequest()
    request.cycle = "\(cycle)"
    request.of = division.map { "\($0)" } ?? ""
    return try await all(Figures.items, request, seconds: 600).compactMap { reply in
      CountedItem(reply).map { IdentifiedItem(id: reply.id, item: $0) }
    }
  }
}

extension CycleFigures {
  init(_ reply: DivisionFigures, of cycle: SubmissionCycle) {
    self.init(cycle, asOf: CivilDate(yyyymmdd: reply.asOf) ?? .latest)
    self[.submitted] = Int(clamping: reply.submitted)
    self[.asked] = Int(clamping: reply.asked)
    self[.feedbackRequired] = Int(clamping: reply.feedbackRequired)
    self[.receivedInCycle] = Int(clamping: reply.receivedInCycle)
    self[.fedBackInCycle] = Int(clamping: reply.fedBackInCycle)
    self[.inTime] = Int(clamping: reply.inTime)
    self[.lateDone] = Int(clamping: reply.lateDone)
    self[.neverDone] = Int(clamping: reply.neverDone)
    self[.open] = Int(clamping: reply.open)
    self[.notFound] = Int(clamping: reply.notFound)
    self[.substantiated] = Int(clamping: reply.substantiated)
    self[.queries] = Int(clamping: reply.queries)
    self[.queriesFedBack] = Int(clamping: reply.queriesFedBack)
  }
}

extension CountedItem {
  /// Nil for dates that are none.
  fileprivate init?(_ reply: FigureItem) {
    guard let kind = reply.kind, let submitted = CivilDate(yyyymmdd: reply.submitted),
      let due = CivilDate(yyyymmdd: reply.due)
    else { return nil }
    self.init(
      kind: kind, from: reply.from, to: reply.to, enteredAt: reply.askingPlace,
      askedAt: reply.askedPlace, assignedTo: "", feedbackRequired: reply.feedbackRequired,
      submitted: submitted, due: due)
    received = CivilDate(yyyymmdd: reply.received)
    answered = CivilDate(yyyymmdd: reply.answered)
    finding = reply.finding
    substantiated = reply.substantiated
  }
}
