internal import Credentials
internal import ExchangeRules

/// What a ledger's log was found to be.
public enum LogVerdict: Sendable, Hashable {
  /// Every page follows from those before, and every entry is what its page says; this is the end.
  case intact(LogSummary)
  /// The first that is not: its page, the entry where it is one, and what is wrong.
  case broken(page: Int64, entry: Int?, LogFault)
}

/// What an intact log has.
public struct LogSummary: Sendable, Hashable {
  /// Pages.
  public var pages: Int64 = 0
  /// Entries of all pages.
  public var entries = 0
  /// Pages that nobody has signed: an administrator's program wrote them beside the node, and the next
  /// signed page vouches for them.
  public var unsigned = 0
  /// The root over all pages; empty for a log without any.
  public var log: [UInt8] = []
}

/// What can be wrong with a page.
public enum LogFault: String, Sendable, Hashable, CaseIterable {
  /// A page was taken out.
  case missing
  /// The page does not follow from those before: one of them, or it, was changed.
  case changed
  /// An event, a letter or a trace was changed, or taken out.
  case entry
  /// The signature is not by the node's certificate.
  case signature
  /// The log is not what it was when its head was kept elsewhere.
  case head
}

extension Statement {
  static let logPages = Statement(
    "the log behind a page",
    """
    SELECT \(LogTable.columns.selected) FROM log_page WHERE number > ? ORDER BY number LIMIT ?
    """)
  static let loggedEvents = Statement(
    "the events behind a row, as the log has them",
    """
    SELECT item_event.number, \(EventTable.selected) FROM \(EventTable.joined)
    WHERE item_event.number > ? ORDER BY item_event.number LIMIT ?
    """)
  static let loggedTraces = Statement(
    "the traces behind a row, as the log has them",
    """
    SELECT \(TraceTable.columns.selected), previous, page, entry FROM trace
    WHERE number > ? ORDER BY number LIMIT ?
    """)
  static let loggedLetters = Statement(
    "the steps of letters behind a row, as the log has them",
    """
    SELECT letter_event.number, \(LetterEventTable.selected) FROM \(LetterEventTable.joined)
    WHERE letter_event.number > ? ORDER BY letter_event.number LIMIT ?
    """)
}

extension LedgerReader {
  /// Follows the log from its start: that each page follows from those before, that its entries are
  /// the events, letters and traces that are here, and that the node has signed it.
  ///
  /// - Parameters:
  ///   - known: A page and the log's root with it that were kept elsewhere, if any: only that shows
  ///     that the whole was made anew by who has the key.
  ///   - isSigned: Whether a page's signature is right.
  /// - Returns: What was found.
  /// - Throws: What is wrong with the ledger, and what `isSigned` throws.
  public func verifyLog(
    holding known: (page: Int64, log: [UInt8])? = nil, isSigned: (LogPage) throws -> Bool
  ) throws -> LogVerdict {
    var summary = LogSummary()
    var tree = GrowingHashTree()
    var events = LoggedRows(.loggedEvents) { row in
      let event = try EventTable.event(row, at: 1)
      let digest = event.digest.bytes
      let leaf = (event.seal.isEmpty ? LogEntry.written(digest) : .taken(digest)).leaf
      return (row.int64(0), event.place, leaf)
    }
    var traces = LoggedRows(.loggedTraces) { row in
      let trace = try TraceTable.columns.record(row)
      let count = TraceTable.columns.count
      // Made anew from what the row says: the hash beside it would vouch for anything.
      let hash = TraceChain.hash(of: trace.entry, number: trace.number, after: row.blob(count))
      let place = LogPlace(
        page: row.int64(count + 1), entry: Int32(clamping: row.int64(count + 2)))
      return (trace.number, place, LogEntry.trace(hash).leaf)
    }
    var letters = LoggedRows(.loggedLetters) { row in
      let event = try LetterEventTable.event(row, at: 1)
      let digest = event.digest.bytes
      let leaf = (event.seal.isEmpty ? LogEntry.written(digest) : .taken(digest)).leaf
      return (row.int64(0), event.place, leaf)
    }
    while true {
      let pages = try rows(.logPages, [.integer(summary.pages), .integer(64)]) {
        try LogTable.columns.record($0)
      }
      if pages.isEmpty { break }
      for page in pages {
        summary.pages += 1
        guard page.number == summary.pages else {
          return .broken(page: summary.pages, entry: nil, .missing)
        }
        tree.append(leaf: page.leaf)
        guard tree.root == page.log else { return .broken(page: page.number, entry: nil, .changed) }
        if let known, known.page == page.number, known.log != page.log {
          return .broken(page: page.number, entry: nil, .head)
        }
        var found = try events.entries(of: page.number, in: self)
        found.merge(try traces.entries(of: page.number, in: self)) { one, _ in one }
        found.merge(try letters.entries(of: page.number, in: self)) { one, _ in one }
        for (place, leaf) in page.leaves.enumerated() where found[place] != leaf {
          return .broken(page: page.number, entry: place, .entry)
        }
        guard found.count == page.leaves.count else {
          return .broken(page: page.number, entry: page.leaves.count, .entry)
        }
        if page.signature.isEmpty {
          summary.unsigned += 1
        } else if try !isSigned(page) {
          return .broken(page: page.number, entry: nil, .signature)
        }
        summary.entries += page.leaves.count
        summary.log = page.log
      }
    }
    if let known, known.page > summary.pages {
      return .broken(page: summary.pages + 1, entry: nil, .missing)
    }
    return .intact(summary)
  }
}

/// The rows of a table that the log has entries of, in order, some at a time.
private struct LoggedRows {
  typealias Entry = (number: Int64, place: LogPlace, leaf: [UInt8])

  private let statement: Statement
  private let decode: (any EngineRow) throws -> Entry
  private var waiting: [Entry] = []
  private var last: Int64 = 0
  private var isOver = false

  init(_ statement: Statement, _ decode: @escaping (any EngineRow) throws -> Entry) {
    self.statement = statement
    self.decode = decode
  }

  /// The hashes of a page's entries by their places; pages are asked for in order.
  mutating func entries(of page: Int64, in ledger: LedgerReader) throws -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    while true {
      while let next = waiting.last, next.place.page <= page {
        if next.place.page == page { found[Int(next.place.entry)] = next.leaf }
        waiting.removeLast()
      }
      if !waiting.isEmpty || isOver { return found }
      waiting = try ledger.rows(statement, [.integer(last), .integer(512)], decode).reversed()
      isOver = waiting.isEmpty
      last = waiting.first?.number ?? last
    }
  }
}
