extension LedgerReader {
  /// A word that is another one whenever somebody's rights may have become less.
  public func rightsVersion() throws -> String { try value(of: .rights) ?? "" }
}
