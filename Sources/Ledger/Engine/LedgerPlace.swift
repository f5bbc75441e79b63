/// A place in an order that only the ledger knows: right behind one row.
///
/// It stays good while other rows come and go.
public struct LedgerPlace: Sendable, Hashable {
  let number: Int64

  init(behind number: Int64) {
    self.number = number
  }

  /// Before the first row.
  public static let start = LedgerPlace(behind: 0)
}
