extension LedgerReader {
  /// The identity of this ledger's outboxes; sequences are comparable only under the same one.
  public func outboxIdentity() throws -> String { try value(of: .outbox) ?? "" }
}

extension LedgerTransaction {
  /// Gives the outboxes a new identity: for a ledger that was put back from a copy, so that its peers
  /// take it for a new store and tell it everything.
  public func renewOutboxIdentity() throws {
    var random = SystemRandomNumberGenerator()
    try change(.outbox, to: LedgerID(high: random.next(), low: random.next()).hex)
  }
}
