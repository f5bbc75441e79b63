/// A step of the confirmation of a case (S7.1).
public struct StoredConfirmation: Sendable, Hashable {
  /// Whose case.
  public var subjectKey: String
  /// The state since: a word of the rules.
  public var state: String
  /// When: milliseconds since 1970.
  public var at: Int64
  /// Who brought it about.
  public var actor: LedgerActor
  /// The item that opened the case, or with which it was decided.
  public var item: LedgerID
  /// Why.
  public var note: String

  /// A step.
  public init(
    subjectKey: String, state: String, at: Int64, actor: LedgerActor, item: LedgerID,
    note: String = ""
  ) {
    self.subjectKey = subjectKey
    self.state = state
    self.at = at
    self.actor = actor
    self.item = item
    self.note = note
  }
}

/// How it lies in its rows.
private enum ConfirmationTable {
  static let columns = Columns(
    .confirmation,
    readingFrom: StoredConfirmation(
      subjectKey: "", state: "", at: 0, actor: .blank, item: .blank),
    [Column("subject_key", \.subjectKey), Column("state", \.state), Column("at", \.at)]
      + Column.actor(\.actor) + [Column("item", \.item), Column("note", \.note)])
}

extension Statement {
  static let insertConfirmation = Statement(
    "add a step of a confirmation", ConfirmationTable.columns.insert())
  static let confirmations = StatementFamily<SubjectKeys> { keys in
    Statement(
      "the steps of a person's case",
      """
      \(keys.prelude)
      SELECT \(ConfirmationTable.columns.selected) FROM confirmation
      WHERE subject_key \(keys.comparison) ORDER BY number
      """)
  }
}

extension LedgerTransaction {
  /// Adds a step.
  public func add(_ step: StoredConfirmation) throws {
    try put(.insertConfirmation, ConfirmationTable.columns.values(of: step))
  }
}

extension LedgerReader {
  /// The steps of a person's case, the oldest first, under any of the keys merged with this one.
  public func confirmations(of key: String) throws -> [StoredConfirmation] {
    try rows(Statement.confirmations[try keys(of: key)], [.text(key)]) {
      try ConfirmationTable.columns.record($0)
    }
  }
}
