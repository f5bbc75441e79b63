public import Ledger

extension Ledger {
  /// Opens a ledger, does the work with it and closes it, also where the work fails.
  ///
  /// - Throws: ``LedgerFailure`` of opening or closing, or what the work throws.
  public static func use<Value>(
    _ path: String, options: LedgerOptions = LedgerOptions(),
    _ work: (Ledger) async throws -> Value
  ) async throws -> Value {
    let ledger = try Ledger(path: path, options: options)
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await work(ledger))
    } catch {
      outcome = .failure(error)
    }
    try ledger.close()
    return try outcome.get()
  }
}
