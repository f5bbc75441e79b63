/// Why an engine did not do something.
struct EngineFailure: Error {
  /// In the ledger's words.
  let failure: LedgerFailure
  /// It is about the engine or its disk, so that the whole transaction fails with it, and not about
  /// the one statement that met it.
  let concernsAll: Bool
}

/// What every engine says in the same words.
extension LedgerFailure {
  /// A newer program made the tables.
  static func newerVersion(_ version: String, at place: String) -> LedgerFailure {
    LedgerFailure(
      .newerVersion,
      "the ledger \(place) was written by a newer version (it has \"\(version)\", which this program "
        + "does not know); install that version or restore an older backup")
  }

  /// Its tables are an older program's, and its node runs.
  static func needsUpdate(_ place: String) -> LedgerFailure {
    LedgerFailure(
      .inUse,
      "the ledger \(place) needs an update that cannot be made while its node runs; stop the node, "
        + "then try again")
  }

  static func damaged(_ place: String, _ cause: String) -> LedgerFailure {
    LedgerFailure(
      .corrupt, "the ledger \(place) is damaged (\(cause)); restore the last backup")
  }

  static func notAllowed(_ cause: String) -> LedgerFailure {
    LedgerFailure(.invalid, "the ledger does not allow this: \(cause)")
  }

  static let tooLong = LedgerFailure(
    .invalid, "a value is too long for the ledger; shorten it")
}

extension LedgerFailure {
  /// An error as whoever asked the ledger is told it: what the engine reported in the ledger's words,
  /// everything else as it is.
  static func told(_ error: any Error) -> any Error {
    (error as? EngineFailure)?.failure ?? error
  }
}
