public import Credentials

extension LedgerReader {
  /// By what this ledger's node knows its own events again, when they come back to it.
  public func seal() throws -> NodeSeal {
    NodeSeal(
      try value(of: .seal) ?? "", since: try value(of: .sealedSince).flatMap { Int64($0) } ?? 0)
  }
}

extension LedgerTransaction {
  /// Notes that the node seals its events from a time on, where that was not noted yet.
  public func seal(since time: Int64) throws { try make(.sealedSince, "\(time)") }
}
