/// Why an engine did not do something.
struct EngineFailure: Error {
  /// In the ledger's words.
  let failure: LedgerFailure
  /// It is about the engine or its disk, so that the whole transaction fails with it, and not about
  /// the one statement that met it.
  let concernsAll: Bool
}

extension LedgerFailure {
  /// An error as whoever asked the ledger is told it: what the engine reported in the ledger's words,
  /// everything else as it is.
  static func told(_ error: any Error) -> any Error {
    (error as? EngineFailure)?.failure ?? error
  }
}
