/// A list of any length, page by page, each in a read of its own, so that a slow taker holds up
/// nothing.
public struct ItemPages: AsyncSequence, Sendable {
  let ledger: Ledger
  let query: ItemQuery
  let cursor: ItemCursor?
  let pageRows: Int

  /// Reads the pages, the next one when it is asked for.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let pages: ItemPages
    var cursor: ItemCursor?
    var isAtEnd = false

    /// The next page; nil at the end.
    ///
    /// Pages are never empty.
    public mutating func next() async throws -> [ListedItem]? {
      if isAtEnd { return nil }
      let (query, after, limit) = (pages.query, cursor, pages.pageRows)
      let page = try await pages.ledger.read { try $0.items(query, after: after, limit: limit) }
      isAtEnd = page.count < limit
      guard let last = page.last else { return nil }
      cursor = last.cursor
      return page
    }
  }

  /// Starts at the sequence's cursor.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(pages: self, cursor: cursor)
  }
}

extension Ledger {
  /// All items that a query finds behind a cursor, page by page.
  public func pages(
    of query: ItemQuery, after cursor: ItemCursor? = nil, pageRows: Int = 200
  ) -> ItemPages {
    ItemPages(
      ledger: self, query: query, cursor: cursor, pageRows: LedgerReader.page(pageRows))
  }
}
