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

extension LedgerTransaction {
  /// Adds a step.
  public func add(_ step: StoredConfirmation) throws {
    try execute(
      """
      INSERT INTO confirmation (subject_key, state, at, account, role, division, item, note)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(step.subjectKey), .text(step.state), .integer(step.at), .text(step.actor.account),
        .text(step.actor.role), .text(step.actor.division), .id(step.item), .text(step.note),
      ])
  }
}

extension LedgerReader {
  /// The steps of a person's case, the oldest first, under any of the keys merged with this one.
  public func confirmations(of key: String) throws -> [StoredConfirmation] {
    try rows(
      """
      \(Self.sameSubject)
      SELECT subject_key, state, at, account, role, division, item, note FROM confirmation
      WHERE subject_key IN (SELECT key FROM same) ORDER BY number
      """, [.text(key)]
    ) { row in
      guard let item = row.id(6) else {
        throw LedgerFailure(.corrupt, "a confirmation is damaged; restore the last backup")
      }
      return StoredConfirmation(
        subjectKey: row.text(0), state: row.text(1), at: row.int64(2),
        actor: LedgerActor(account: row.text(3), role: row.text(4), division: row.text(5)),
        item: item, note: row.text(7))
    }
  }
}
