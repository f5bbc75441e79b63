extension Ledger {
  /// Copies the ledger, as it is at this moment, into a new file that only its owner can read.
  ///
  /// Readers and the writer go on meanwhile. Blocks the caller.
  ///
  /// The copy gets an outbox identity of its own: a node that goes on from it gives out sequences that
  /// its peers cannot take for those it gave out after the copy was made.
  public func backUp(to target: String) throws(LedgerFailure) {
    do {
      try engine.copy(to: target) { try LedgerTransaction($0).renewOutboxIdentity() }
    } catch {
      throw LedgerFailure.told(error) as? LedgerFailure
        ?? LedgerFailure(.storage, "the backup \(target) could not be written: \(error)")
    }
  }

  /// What the engine finds wrong with the ledger, line by line; empty: nothing.
  ///
  /// Reads all of it.
  public func damage() async throws -> [String] {
    do {
      return try await engine.damage()
    } catch {
      throw LedgerFailure.told(error)
    }
  }
}
