/// Whose ledger it is: the division of the node that works on it, written at that node's first start.
extension LedgerReader {
  /// The division; nil for a ledger that no node has started on yet.
  public func owner() throws -> String? { try value(of: .owner) }
}

extension LedgerTransaction {
  /// Takes a ledger that is nobody's yet.
  ///
  /// - Returns: whose it is now: who took it first stays its owner.
  public func claim(for division: String) throws -> String {
    if let owner = try owner() { return owner }
    try make(.owner, division)
    return division
  }
}
