extension Statement {
  static let outboxIdentity = Statement(
    "the outboxes' identity", "SELECT value FROM setting WHERE name = 'outbox'")
  static let renewOutboxIdentity = Statement(
    "give the outboxes another identity", "UPDATE setting SET value = ? WHERE name = 'outbox'")
}

extension LedgerReader {
  /// The identity of this ledger's outboxes; sequences are comparable only under the same one.
  public func outboxIdentity() throws -> String {
    try row(.outboxIdentity) { $0.text(0) } ?? ""
  }
}

extension LedgerTransaction {
  /// Gives the outboxes a new identity: for a ledger that was put back from a
  /// copy, so that its peers take it for a new store and tell it everything.
  public func renewOutboxIdentity() throws {
    var random = SystemRandomNumberGenerator()
    let identity = LedgerID(high: random.next(), low: random.next())
    try change(.renewOutboxIdentity, [.text(identity.hex)])
  }
}
