/// What the writer has done since the ledger was opened.
public struct CommitStatistics: Sendable, Hashable {
  /// Transactions begun.
  public var transactions = 0
  /// Requests in them: over `transactions`, how many shared one on average.
  public var requests = 0
}
