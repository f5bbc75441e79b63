extension Ledger {
  /// The pages of its file as bytes, for a backup; nil: it is not sealed.
  public var pages: LedgerPages? { engine.seal.map(LedgerPages.init) }

  /// Adds the month's key where the ledger is sealed and the key in use was made in an earlier month;
  /// whether it did.
  ///
  /// - `day`: today, such as `2026-12-01`.
  /// - Throws: ``LedgerFailure/Reason/sealed``: why not; the key of before seals on.
  @discardableResult
  public func renewDataKey(on day: String) throws(LedgerFailure) -> Bool {
    try engine.seal?.renew(on: day) ?? false
  }
}
