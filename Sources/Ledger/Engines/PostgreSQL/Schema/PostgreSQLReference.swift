/// A column whose rows name rows of another table by their numbers.
struct PostgreSQLReference: Sendable {
  let table: String
  let column: String
  let parent: String
  /// How many rows name one that is not there; no row where none does.
  let strays: Statement

  init(_ table: Table, _ column: String, to parent: Table) {
    (self.table, self.column, self.parent) = (table.rawValue, column, parent.rawValue)
    strays = Statement(
      "what refers to a missing row",
      """
      SELECT count(*) FROM \(table.rawValue) AS child WHERE NOT EXISTS (
        SELECT 1 FROM \(parent.rawValue) AS parent WHERE parent.number = child.\(column))
      HAVING count(*) > 0
      """)
  }
}

extension PostgreSQLSchema {
  /// What refers to what.
  static let references = [
    PostgreSQLReference(.itemEvent, "item", to: .item),
    PostgreSQLReference(.dueChange, "item", to: .item),
    PostgreSQLReference(.spotCheck, "item", to: .item),
    PostgreSQLReference(.outbox, "peer", to: .outboxPeer),
    PostgreSQLReference(.outbox, "event", to: .itemEvent),
    PostgreSQLReference(.loginDay, "account", to: .account),
    PostgreSQLReference(.session, "account", to: .account),
    PostgreSQLReference(.accountCertificate, "account", to: .account),
    PostgreSQLReference(.recordVersion, "record", to: .record),
    PostgreSQLReference(.letterEvent, "letter", to: .letter),
  ]
}
