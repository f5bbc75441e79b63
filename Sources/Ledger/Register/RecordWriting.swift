extension Statement {
  static let insertRecord = Statement(
    "make a record", RecordTable.shared.insert(and: "current"))
  static let recordNumber = Statement(
    "the row of a record", "SELECT number FROM record WHERE id = ?")
  static let insertVersion = Statement(
    "keep a version", RecordTable.version.insert(and: "record"))
  static let setVersion = Statement(
    "make a version the current one", "UPDATE record SET current = ? WHERE number = ?")
}

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
    var kept = new
    kept.version = (current?.version ?? 0) + 1
    let number =
      if current == nil {
        try insert(.insertRecord, RecordTable.shared.values(of: kept, and: .integer(0 as Int64)))
      } else {
        try row(.recordNumber, [.id(new.record)]) { $0.int64(0) }
      }
    guard let number else { return .conflict }
    try change(
      .insertVersion, RecordTable.version.values(of: kept, and: .integer(number)))
    try change(.setVersion, [.integer(kept.version), .integer(number)])
    return .new
  }
}
