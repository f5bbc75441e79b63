extension Ledger {
  /// Opens the ledger at a place, creating and updating it as needed.
  ///
  /// - Parameters:
  ///   - place: The path of a file; or a connection string, `postgresql://…`, of a database on a
  ///     server, without a password (`passfile=` names its file).
  ///   - options: How it is opened.
  /// - Throws: what is wrong with the place, and the remedy; nothing has been changed then.
  public convenience init(
    path place: String, options: LedgerOptions = LedgerOptions()
  ) throws(LedgerFailure) {
    let engine: any Engine =
      Ledger.isOnServer(place)
      ? try PostgreSQLEngine(place: place, options: options)
      : try SQLiteEngine(path: place, options: options)
    self.init(path: place, engine: engine, options: options)
  }

  /// Whether a ledger's place is a database on a server, and not a file.
  public static func isOnServer(_ place: String) -> Bool { PostgreSQLPlace.isPlace(place) }
}
