public import ExchangeRules

/// What a spot check of an answer has found (S10.7).
public struct SpotCheck: Sendable, Hashable {
  /// The item whose answer was checked.
  public var item: LedgerID
  /// When: milliseconds since 1970.
  public var at: Int64
  /// Who checked it.
  public var actor: LedgerActor
  /// What was found.
  public var outcome: SpotOutcome
  /// How.
  public var note: String

  /// A check.
  public init(item: LedgerID, at: Int64, actor: LedgerActor, outcome: SpotOutcome, note: String) {
    self.item = item
    self.at = at
    self.actor = actor
    self.outcome = outcome
    self.note = note
  }
}

private enum SpotCheckTable {
  static let columns = Columns(
    .spotCheck,
    readingFrom: SpotCheck(
      item: .blank, at: 0, actor: .blank, outcome: .undecided, note: ""),
    [Column("at", \.at)] + Column.actor(\.actor) + [
      Column("outcome", number: \.outcome), Column("note", \.note),
    ])
}

extension Statement {
  static let spotCheck = Statement(
    "the last spot check of an item",
    """
    SELECT \(SpotCheckTable.columns.selected) FROM spot_check
    JOIN item ON item.number = spot_check.item
    WHERE item.id = ? ORDER BY spot_check.number DESC LIMIT 1
    """)
  static let insertSpotCheck = Statement(
    "keep a spot check", SpotCheckTable.columns.insert(and: "item"))
}

extension LedgerReader {
  /// What the last spot check of an item has found; nil: there was none.
  public func spotCheck(of item: LedgerID) throws -> SpotCheck? {
    try row(.spotCheck, [.id(item)]) {
      var check = try SpotCheckTable.columns.record($0)
      check.item = item
      return check
    }
  }
}

extension LedgerTransaction {
  /// Keeps what a spot check has found.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknownItem`` when the item is not here.
  public func keep(_ check: SpotCheck) throws {
    guard let place = try place(of: check.item) else {
      throw LedgerFailure(.unknownItem, "item \(check.item) is not here")
    }
    try put(
      .insertSpotCheck, SpotCheckTable.columns.values(of: check, and: .integer(place.number)))
  }
}
