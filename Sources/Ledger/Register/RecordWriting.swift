extension LedgerTransaction {
  /// Keeps a new version of a record, making the record with the first one.
  ///
  /// - `seen`: the version that the writer saw; nil: it does not matter. Somebody else's change
  ///   in between is a conflict and nothing is kept.
  ///
  /// Returns: `known` when the current version has the same content already.
  public func keep(_ new: RecordVersion, over seen: Int? = nil) throws -> InsertOutcome {
    guard new.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "a record of \(new.body.count) bytes is over the \(LedgerLimits.bodyBytes)")
    }
    let current = try record(new.record)
    if let current {
      if current.subjectKey != new.subjectKey || current.category != new.category {
        return .conflict
      }
      if current.body == new.body, current.isWithdrawn == new.isWithdrawn { return .known }
    }
    if let seen, seen != current?.version ?? 0 { return .conflict }
    if current == nil {
      try execute(
        "INSERT INTO record (id, subject_key, category, current) VALUES (?, ?, ?, 0)",
        [.id(new.record), .text(new.subjectKey), .integer(new.category)])
    }
    let version = (current?.version ?? 0) + 1
    try execute(
      """
      INSERT INTO record_version (record, version, withdrawn, at, account, role, division,
        source_item, note, body)
      SELECT number, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM record WHERE id = ?
      """,
      [
        .integer(version), .flag(new.isWithdrawn), .integer(new.at), .text(new.actor.account),
        .text(new.actor.role), .text(new.actor.division), .optional(new.sourceItem),
        .text(new.note), .blob(new.body), .id(new.record),
      ])
    try execute(
      "UPDATE record SET current = ? WHERE id = ?", [.integer(version), .id(new.record)])
    return .new
  }
}
