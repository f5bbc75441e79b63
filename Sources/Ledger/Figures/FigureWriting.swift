public import ExchangeRules

extension Statement {
  static let addFigure = Statement("count for the figures of a cycle", FigureTable.addition)
  static let removeFigure = Statement(
    "remove a count that counts nothing", "DELETE FROM figure WHERE \(FigureTable.isZero)")
}

extension LedgerTransaction {
  /// Changes the counts of cycles, in the commit that changes the items.
  func add(_ change: FigureChange) throws {
    for (key, counts) in change.counts {
      let row = FigureRow(key, counts)
      try self.put(.addFigure, FigureTable.columns.values(of: row))
      // Only what takes away can leave a row that counts nothing.
      if counts.takesAway { try self.put(.removeFigure, FigureTable.key(of: row)) }
    }
  }
}

extension FigureCounts {
  fileprivate var takesAway: Bool {
    [
      submitted, asked, feedbackRequired, queries, received, answered, queriesAnswered,
      answeredLate, notFound, substantiated, due, dueInTime,
    ].contains { $0 < 0 }
  }
}

extension StoredItem {
  /// The item as the figures count it; nil: not submitted, sent back to who had sent it, or taken
  /// back.
  public var counted: CountedItem? {
    guard state != .refused, state != .withdrawn,
      let submitted = CivilDate(yyyymmdd: submitted)
    else { return nil }
    var counted = CountedItem(
      kind: kind, from: from, to: to, enteredAt: enteredAt, askedAt: askedAt,
      assignedTo: assignedTo, feedbackRequired: feedbackRequired, submitted: submitted,
      due: CivilDate(yyyymmdd: due) ?? .latest)
    if times.received != 0 { counted.received = CivilDate(chinaDateOf: times.received) }
    if times.answered != 0 { counted.answered = CivilDate(chinaDateOf: times.answered) }
    counted.finding = finding
    counted.substantiated = substantiated
    return counted
  }
}
