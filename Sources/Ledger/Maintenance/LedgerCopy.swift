extension Ledger {
  /// Copies the ledger, as it is at this moment, into a new file that only its owner can read, and
  /// looks through the copy.
  ///
  /// Readers and the writer go on meanwhile: one state is held only while it is copied, not while the
  /// copy is looked through. Blocks the caller, for seconds where the ledger is large.
  ///
  /// The copy is the ledger again, its outbox identity too: whoever goes on from it calls
  /// ``LedgerTransaction/putBack(from:at:)`` first.
  ///
  /// - Returns: what is wrong with the copy, line by line; empty: nothing.
  /// - Throws: why there is no copy; nothing is left of it then.
  public func copy(to target: String) throws(LedgerFailure) -> [String] {
    do {
      return try engine.copy(to: target)
    } catch {
      throw LedgerFailure.told(error) as? LedgerFailure
        ?? LedgerFailure(.storage, "the copy \(target) could not be written: \(error)")
    }
  }

  /// Puts all that was committed into the one file of the ledger: closed, that file alone is the
  /// ledger.
  ///
  /// Nobody else may have it open.
  public func gather() throws(LedgerFailure) {
    do {
      try engine.gather()
    } catch {
      throw LedgerFailure.told(error) as? LedgerFailure
        ?? LedgerFailure(.storage, "the ledger \(path) could not be written: \(error)")
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
