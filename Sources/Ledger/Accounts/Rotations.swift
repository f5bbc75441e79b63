public import Credentials

/// The rotation of a credential of this node at a node above.
public struct StoredRotation: Sendable, Hashable {
  /// Its row; 0: none yet.
  public internal(set) var number: Int64 = 0
  /// The division of the node above.
  public var peer: String
  /// What is rotated.
  public var kind: RotationKind
  /// How far it has come.
  public var step = RotationStep.asked
  /// How long the node above is to take both, in seconds.
  public var overlap: Int64
  /// When it was asked for: milliseconds since 1970.
  public var begun: Int64
  /// Who asked for it.
  public var by: String
  /// When it came to its step: milliseconds since 1970.
  public var changed: Int64
  /// Until when the node above takes both: milliseconds since 1970; 0: it does not.
  public var until: Int64 = 0
  /// Why the next step could not be taken, when it was tried last; empty: it could.
  public var failure = ""

  /// A rotation that is asked for at a time in milliseconds since 1970.
  public init(
    of kind: RotationKind, at peer: String, overlap: Int64, asked time: Int64, by actor: LedgerActor
  ) {
    self.kind = kind
    self.peer = peer
    self.overlap = overlap
    begun = time
    by = actor.account
    changed = time
  }
}

/// How it lies in its row.
private enum RotationTable {
  static let columns = Columns(
    .rotation,
    readingFrom: StoredRotation(
      of: .password, at: "", overlap: 0, asked: 0,
      by: LedgerActor(account: "", role: "", division: "")),
    [
      Column("peer", \.peer), Column("step", number: \.step), Column("overlap", \.overlap),
      Column("begun", \.begun), Column("by", \.by), Column("changed", \.changed),
      Column("until", \.until), Column("failure", \.failure), Column("kind", number: \.kind),
    ])

  static let selected = "\(columns.selected), rotation.number"

  static func rotation(_ row: any EngineRow) throws -> StoredRotation {
    var rotation = try columns.record(row)
    rotation.number = row.int64(columns.count)
    return rotation
  }
}

extension Statement {
  static let openRotation = Statement(
    "the rotation at a peer that goes on",
    "SELECT \(RotationTable.selected) FROM rotation WHERE peer = ? AND NOT is_over")
  static let rotations = Statement(
    "the rotations, the newest first",
    "SELECT \(RotationTable.selected) FROM rotation ORDER BY number DESC LIMIT ?")
  static let insertRotation = Statement(
    "begin a rotation", "\(RotationTable.columns.insert()) ON CONFLICT DO NOTHING")
  static let moveRotation = Statement(
    "note how far a rotation has come",
    "UPDATE rotation SET step = ?, changed = ?, until = ?, failure = ? WHERE number = ?")
  static let restorePassword = Statement(
    "let the password before count alone again",
    """
    UPDATE account SET verifier = previous_verifier, previous_verifier = NULL, previous_until = 0,
      password_changed = ?1
    WHERE name = ?2 AND previous_verifier IS NOT NULL AND previous_until > ?1
    """)
  static let retirePassword = Statement(
    "let the password before count no more",
    "UPDATE account SET previous_verifier = NULL, previous_until = 0 WHERE name = ?")
}

extension LedgerReader {
  /// The rotation at a node above that goes on; nil: there is none.
  public func rotation(at peer: String) throws -> StoredRotation? {
    try row(.openRotation, [.text(peer)], RotationTable.rotation)
  }

  /// The rotations, those that are over too, the newest first.
  public func rotations(limit: Int = LedgerLimits.pageRows) throws -> [StoredRotation] {
    try rows(.rotations, [.integer(Self.page(limit))], RotationTable.rotation)
  }
}

extension LedgerTransaction {
  /// Begins a rotation.
  ///
  /// - Throws: ``LedgerFailure/Reason/exists`` while another at the same node goes on.
  public func begin(_ rotation: StoredRotation) throws {
    guard try insert(.insertRotation, RotationTable.columns.values(of: rotation)) != nil else {
      throw LedgerFailure(
        .exists, "a rotation at \(rotation.peer) goes on; see rotate status, or rotate undo")
    }
  }

  /// Notes how far a rotation has come: step, time, overlap and failure.
  public func move(_ rotation: StoredRotation) throws {
    try put(
      .moveRotation,
      [
        .integer(rotation.step.rawValue), .integer(rotation.changed), .integer(rotation.until),
        .text(rotation.failure), .integer(rotation.number),
      ])
  }

  /// Lets the password before the last change count alone again; who signed in with the other goes.
  ///
  /// - Returns: false where none counts any more at this time (milliseconds since 1970).
  public func restorePassword(of account: String, at time: Int64) throws -> Bool {
    try change(.restorePassword, [.integer(time), .text(account)]) == 1
  }

  /// Lets the password before the last change count no more.
  public func retirePassword(of account: String) throws {
    try put(.retirePassword, [.text(account)])
  }
}
