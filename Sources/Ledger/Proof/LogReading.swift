internal import Credentials
internal import ExchangeRules

extension Statement {
  static let logPage = Statement(
    "a page of the log", "SELECT \(LogTable.columns.selected) FROM log_page WHERE number = ?")
  static let lastLogPage = Statement(
    "the last page of the log",
    "SELECT \(LogTable.columns.selected) FROM log_page ORDER BY number DESC LIMIT 1")
  static let logPages = Statement(
    "the log behind a page",
    """
    SELECT \(LogTable.columns.selected) FROM log_page WHERE number > ? ORDER BY number LIMIT ?
    """)
}

extension LedgerReader {
  /// Whether neighbours may tell of events without a seal: the ledger is older than seals are.
  public func takesUnsealed() throws -> Bool { try value(of: .unsealed) != nil }

  /// A page of the log; nil where there is none of the number.
  public func logPage(_ number: Int64) throws -> LogPage? {
    try row(.logPage, [.integer(number)]) { try LogTable.columns.record($0) }
  }

  /// The last page of the log; nil: nothing was entered yet.
  public func lastLogPage() throws -> LogPage? {
    try row(.lastLogPage) { try LogTable.columns.record($0) }
  }

  /// The pages behind a number, at most `limit`.
  func logPages(after number: Int64, limit: Int) throws -> [LogPage] {
    try rows(.logPages, [.integer(number), .integer(Self.page(limit))]) {
      try LogTable.columns.record($0)
    }
  }

  /// The pages behind a number, at most `limit`, up to one that is signed; nil where none is.
  public func logTail(after number: Int64, limit: Int) throws -> LogTail? {
    LogTail(try logPages(after: number, limit: limit))
  }

  /// The seal of an event: the one that came with it, or the one by this node's log; empty where
  /// nobody has signed for it.
  public func seal(of event: StoredEvent) throws -> [UInt8] {
    try seal(event.seal, at: event.place)
  }

  /// The same for whatever came with a seal, or stands in this node's log at a place.
  func seal(_ seal: [UInt8], at place: LogPlace) throws -> [UInt8] {
    if !seal.isEmpty || place == .none { return seal }
    let entry = Int(place.entry)
    guard let (page, tree) = try signedPage(place.page), page.leaves.indices.contains(entry)
    else { return [] }
    return EventSeal(entry: entry, of: page, tree).bytes
  }

  /// A page that is signed, with its tree; the one that was asked for last is at hand.
  private func signedPage(_ number: Int64) throws -> (page: LogPage, tree: HashTree)? {
    if let openPage, openPage.page.number == number { return openPage }
    guard let page = try logPage(number), !page.signature.isEmpty, let tree = page.tree else {
      return nil
    }
    openPage = (page, tree)
    return openPage
  }
}
