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
  /// Makes a record with its first version.
  ///
  /// - Precondition: Its identity was made for it: nothing is looked for.
  public func keep(first version: RecordVersion) throws {
    try check(version)
    var kept = version
    kept.version = 1
    let made = try insert(
      .insertRecord, RecordTable.shared.values(of: kept, and: .integer(kept.version)))
    guard let number = made else {
      throw LedgerFailure(.invalid, "record \(version.record) is here already")
    }
    try put(.insertVersion, RecordTable.version.values(of: kept, and: .integer(number)))
  }

  /// Keeps a new version of a record, making the record with the first one.
  ///
  /// - `seen`: the version that the writer saw; nil: it does not matter. Somebody else's change
  ///   in between is a conflict and nothing is kept.
  ///
  /// Returns: `known` when the current version has the same content already.
  public func keep(_ new: RecordVersion, over seen: Int? = nil) throws -> InsertOutcome {
    try check(new)
    let current = try record(new.record)
    guard let current else {
      if let seen, seen != 0 { return .conflict }
      try keep(first: new)
      return .new
    }
    if current.subjectKey != new.subjectKey || current.category != new.category {
      return .conflict
    }
    if current.body == new.body, current.isWithdrawn == new.isWithdrawn { return .known }
    if let seen, seen != current.version { return .conflict }
    var kept = new
    kept.version = current.version + 1
    guard let number = try row(.recordNumber, [.id(new.record)], { $0.int64(0) }) else {
      return .conflict
    }
    try put(
      .insertVersion, RecordTable.version.values(of: kept, and: .integer(number)))
    try put(.setVersion, [.integer(kept.version), .integer(number)])
    return .new
  }

  private func check(_ version: RecordVersion) throws {
    guard version.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "a record of \(version.body.count) bytes is over the \(LedgerLimits.bodyBytes)")
    }
  }
}
