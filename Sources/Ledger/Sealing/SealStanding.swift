/// How a ledger is sealed, for whoever looks after it; no key is in it.
public struct SealStanding: Sendable, Hashable {
  /// Where the store's key is.
  public let keyFile: String
  /// The identities of the store's keys that wrap the ledger's keys; one, but for the middle of a rotation.
  public let storeKeys: [String]
  /// How many keys the ledger has.
  public let dataKeys: Int
  /// On which day the one that seals was made, such as `2026-12-01`.
  public let newest: String

  init(_ keys: DataKeys) {
    keyFile = keys.keyFile
    storeKeys = Set(keys.entries.map(\.wrappedBy)).sorted()
    dataKeys = keys.entries.count
    newest = keys.entries.last?.made ?? ""
  }

  /// How the ledger at a path is sealed; nil: it is not.
  public init?(of ledger: String) throws(LedgerFailure) {
    guard let keys = try DataKeys(beside: ledger) else { return nil }
    self.init(keys)
  }
}
