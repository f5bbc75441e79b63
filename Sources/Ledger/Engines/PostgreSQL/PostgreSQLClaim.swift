/// What programs claim at the server: locks by two numbers (`pg_advisory_lock`), of this database
/// alone, gone with the connection that holds them.
///
/// The second number stands for the schema, so that ledgers in one database do not meet.
enum PostgreSQLClaim {
  /// "XCLG", as the file of the other engine is marked, so that no other program's number is met.
  private static let ledger: Int32 = 0x5843_4c47
  private static let schema = "hashtext(current_schema())"

  /// Held by the node whose ledger it is, for as long as it runs.
  static let owning = "\(ledger), \(schema)"
  /// Held during a transaction that writes.
  static let writing = "\(ledger + 1), \(schema)"
}
