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

/// How it lies in its rows.
private enum MergeTable {
  /// A merge as it is made; what is not named here the table fills in.
  static let made = Columns(
    .subjectMerge, readingFrom: blank,
    [Column("merged", \.merged), Column("into_key", \.into), Column("at", \.at)]
      + Column.actor(\.actor) + [Column("reason", \.reason)])
  private static let kept = Columns(
    .subjectMerge, readingFrom: blank,
    [
      Column("number", \.number), Column("undone", \.undone), Column("undone_by", \.undoneBy),
    ])
  private static let blank = SubjectMerge(
    number: 0, merged: "", into: "", at: 0, actor: .blank, reason: "", undone: 0, undoneBy: "")

  static let selected = "\(made.selected), \(kept.selected)"

  static func merge(_ row: any EngineRow) throws -> SubjectMerge {
    var merge = try made.record(row)
    try kept.read(row, at: made.count, into: &merge)
    return merge
  }
}

/// Under which keys a person's rows stand.
///
/// Almost everybody has one, and to look for others on the way costs more than to read what is hers.
enum SubjectKeys: Hashable, CaseIterable {
  /// The key that is asked for, ?1.
  case one
  /// All that are merged with it.
  case merged

  /// What the statement begins with.
  var prelude: String { self == .merged ? Statement.sameSubject : "" }
  /// What `subject_key` is compared with.
  var comparison: String { self == .merged ? "IN (SELECT key FROM same)" : "= ?1" }
}

extension Statement {
  /// All keys that are one person with ?1, itself included, by the merges that hold, in either
  /// direction.
  static let sameSubject = """
    WITH RECURSIVE same (key) AS (
      VALUES (?1)
      UNION SELECT CASE WHEN merged = key THEN into_key ELSE merged END
      FROM subject_merge JOIN same ON merged = key OR into_key = key WHERE undone = 0
    )
    """

  static let insertMerge = Statement(
    "merge two keys",
    "\(MergeTable.made.insert()) ON CONFLICT (merged) WHERE undone = 0 DO NOTHING")
  static let undoMerge = Statement(
    "take a merge back",
    "UPDATE subject_merge SET undone = ?, undone_by = ? WHERE number = ? AND undone = 0")
  static let subjectKeys = Statement(
    "the keys of one person", "\(sameSubject) SELECT key FROM same ORDER BY key")
  static let isMerged = Statement(
    "whether a key is merged with another",
    """
    SELECT EXISTS (SELECT 1 FROM subject_merge WHERE merged = ?1 AND undone = 0)
      OR EXISTS (SELECT 1 FROM subject_merge WHERE into_key = ?1 AND undone = 0)
    """)
  static let leadingKey = Statement(
    "the key that a person counts under",
    """
    WITH RECURSIVE way (key) AS (
      VALUES (?)
      UNION SELECT into_key FROM subject_merge JOIN way ON merged = key WHERE undone = 0
    )
    SELECT key FROM way
    WHERE NOT EXISTS (SELECT 1 FROM subject_merge WHERE merged = key AND undone = 0)
    """)
  static let merges = Statement(
    "the merges of a key",
    """
    SELECT \(MergeTable.selected) FROM subject_merge WHERE merged = ?1 OR into_key = ?1
    ORDER BY number
    """)
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
    let merge = SubjectMerge(
      number: 0, merged: merged, into: key, at: time, actor: actor, reason: reason, undone: 0,
      undoneBy: "")
    guard let number = try insert(.insertMerge, MergeTable.made.values(of: merge)) else {
      throw LedgerFailure(
        .exists, "this duplicate is merged with another already; take that back first")
    }
    return number
  }

  /// Takes a merge back: both keys stand for themselves again.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknown`` when there is none that holds.
  public func undoMerge(_ number: Int64, at time: Int64, by actor: LedgerActor) throws {
    let undone = try change(
      .undoMerge, [.integer(time), .text(actor.account), .integer(number)])
    guard undone == 1 else {
      throw LedgerFailure(.unknown, "merge \(number) is not there or was taken back already")
    }
  }
}

extension LedgerReader {
  /// Under which keys a person's rows stand.
  func keys(of key: String) throws -> SubjectKeys {
    try row(.isMerged, [.text(key)]) { $0.int64(0) == 1 } == true ? .merged : .one
  }

  /// All keys that stand for the same person, this one included, in order.
  public func subjectKeys(of key: String) throws -> [String] {
    try rows(.subjectKeys, [.text(key)]) { $0.text(0) }
  }

  /// The key that a person counts under: where the merges that hold lead to.
  public func leadingKey(of key: String) throws -> String {
    try row(.leadingKey, [.text(key)]) { $0.text(0) } ?? key
  }

  /// Every merge that this key was ever part of, the oldest first, also those taken back.
  public func merges(of key: String) throws -> [SubjectMerge] {
    try rows(.merges, [.text(key)], MergeTable.merge)
  }
}
