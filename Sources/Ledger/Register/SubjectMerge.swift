/// That two keys stand for one person (S12.3).
///
/// Nothing is moved, so it can be taken back.
public struct SubjectMerge: Sendable, Hashable {
  /// Its number.
  public var number: Int64
  /// The key that was found to be a duplicate.
  public var merged: String
  /// The key it now counts under.
  public var into: String
  /// When: milliseconds since 1970.
  public var at: Int64
  /// Who decided it.
  public var actor: LedgerActor
  /// Why.
  public var reason: String
  /// When it was taken back; 0: it holds.
  public var undone: Int64
  /// The account that took it back.
  public var undoneBy: String
}

extension LedgerTransaction {
  /// Lets one key count under another.
  ///
  /// - Throws: ``LedgerFailure/Reason/exists`` when the key is merged already, and
  ///   ``LedgerFailure/Reason/invalid`` when the two count as one person already.
  @discardableResult
  public func merge(
    _ merged: String, into key: String, at time: Int64, by actor: LedgerActor, reason: String
  ) throws -> Int64 {
    guard !merged.isEmpty, !key.isEmpty, try !subjectKeys(of: key).contains(merged) else {
      throw LedgerFailure(.invalid, "these two are one person already; nothing to merge")
    }
    let made = try execute(
      """
      INSERT INTO subject_merge (merged, into_key, at, account, role, division, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (merged) WHERE undone = 0 DO NOTHING
      """,
      [
        .text(merged), .text(key), .integer(time), .text(actor.account), .text(actor.role),
        .text(actor.division), .text(reason),
      ])
    guard made == 1 else {
      throw LedgerFailure(
        .exists, "this duplicate is merged with another already; take that back first")
    }
    return lastInsertedNumber
  }

  /// Takes a merge back: both keys stand for themselves again.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknown`` when there is none that holds.
  public func undoMerge(_ number: Int64, at time: Int64, by actor: LedgerActor) throws {
    let undone = try execute(
      "UPDATE subject_merge SET undone = ?, undone_by = ? WHERE number = ? AND undone = 0",
      [.integer(time), .text(actor.account), .integer(number)])
    guard undone == 1 else {
      throw LedgerFailure(.unknown, "merge \(number) is not there or was taken back already")
    }
  }
}

extension LedgerReader {
  /// All keys that are one person with ?1, itself included, by the merges that hold, in either
  /// direction.
  static let sameSubject = """
    WITH RECURSIVE same (key) AS (
      VALUES (?1)
      UNION SELECT into_key FROM subject_merge JOIN same ON merged = key WHERE undone = 0
      UNION SELECT merged FROM subject_merge JOIN same ON into_key = key WHERE undone = 0
    )
    """

  /// All keys that stand for the same person, this one included, in order.
  public func subjectKeys(of key: String) throws -> [String] {
    try rows("\(Self.sameSubject) SELECT key FROM same ORDER BY key", [.text(key)]) { $0.text(0) }
  }

  /// The key that a person counts under: where the merges that hold lead to.
  public func leadingKey(of key: String) throws -> String {
    try row(
      """
      WITH RECURSIVE way (key) AS (
        VALUES (?)
        UNION SELECT into_key FROM subject_merge JOIN way ON merged = key WHERE undone = 0
      )
      SELECT key FROM way
      WHERE NOT EXISTS (SELECT 1 FROM subject_merge WHERE merged = key AND undone = 0)
      """, [.text(key)]
    ) { $0.text(0) } ?? key
  }

  /// Every merge that this key was ever part of, the oldest first, also those taken back.
  public func merges(of key: String) throws -> [SubjectMerge] {
    try rows(
      """
      SELECT number, merged, into_key, at, account, role, division, reason, undone, undone_by
      FROM subject_merge WHERE merged = ?1 OR into_key = ?1 ORDER BY number
      """, [.text(key)]
    ) {
      SubjectMerge(
        number: $0.int64(0), merged: $0.text(1), into: $0.text(2), at: $0.int64(3),
        actor: LedgerActor(account: $0.text(4), role: $0.text(5), division: $0.text(6)),
        reason: $0.text(7), undone: $0.int64(8), undoneBy: $0.text(9))
    }
  }
}
