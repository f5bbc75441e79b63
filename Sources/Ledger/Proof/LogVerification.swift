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
  /// How many of these are behind the last page that is signed: nobody vouches for them yet.
  public var unvouched = 0
  /// Events and traces that are older than the log, or came without a seal: nothing proves them.
  public var outside = 0
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
  /// An event, a letter or a trace stands in no page of the log, or where another stands.
  case stray
  /// The signature is not by the node's certificate.
  case signature
  /// The log is not what it was when its head was kept elsewhere.
  case head
}

extension Statement {
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
  ///   - isSealed: Whether the seal of an event that came is its author's.
  /// - Returns: What was found.
  /// - Throws: What is wrong with the ledger, and what the two functions throw.
  public func verifyLog(
    holding known: (page: Int64, log: [UInt8])? = nil, isSigned: (LogPage) throws -> Bool,
    isSealed: @escaping (StoredEvent) throws -> Bool
  ) throws -> LogVerdict {
    var summary = LogSummary()
    var tree = GrowingHashTree()
    var tables = LoggedTables(isSealed: isSealed)
    while true {
      let pages = try logPages(after: summary.pages, limit: 64)
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
        let found = try tables.entries(of: page.number, in: self)
        if let stray = tables.stray { return stray }
        for (place, leaf) in page.leaves.enumerated() where found[place] != leaf {
          return .broken(page: page.number, entry: place, .entry)
        }
        guard found.count == page.leaves.count else {
          return .broken(page: page.number, entry: page.leaves.count, .entry)
        }
        if page.signature.isEmpty {
          summary.unsigned += 1
          summary.unvouched += 1
        } else if try isSigned(page) {
          summary.unvouched = 0
        } else {
          return .broken(page: page.number, entry: nil, .signature)
        }
        summary.entries += page.leaves.count
        summary.log = page.log
      }
    }
    let end = max(known?.page ?? 0, try row(.logEnd) { $0.int64(0) } ?? 0)
    if end > summary.pages { return .broken(page: summary.pages + 1, entry: nil, .missing) }
    // What names a page behind the last.
    _ = try tables.entries(of: .max, in: self)
    if let stray = tables.stray { return stray }
    summary.outside = tables.outside
    return .intact(summary)
  }
}

/// The tables that the log has entries of.
private struct LoggedTables {
  private var tables: [LoggedRows]
  /// Two tables that claim one place.
  private var clash: LogVerdict?

  init(isSealed: @escaping (StoredEvent) throws -> Bool) {
    tables = [
      LoggedRows(.loggedEvents, mayLieOutside: true) { row in
        let event = try EventTable.event(row, at: 1)
        let digest = event.digest.bytes
        if event.seal.isEmpty { return (row.int64(0), event.place, LogEntry.written(digest).leaf) }
        // A leaf that no page has, where the seal is not its author's.
        return (row.int64(0), event.place, try isSealed(event) ? LogEntry.taken(digest).leaf : [])
      },
      LoggedRows(.loggedTraces, mayLieOutside: false) { row in
        let trace = try TraceTable.columns.record(row)
        let count = TraceTable.columns.count
        // Made anew from what the row says: the hash beside it would vouch for anything.
        let hash = TraceChain.hash(of: trace, after: row.blob(count))
        let place = LogPlace(
          page: row.int64(count + 1), entry: Int32(clamping: row.int64(count + 2)))
        return (trace.number, place, LogEntry.trace(hash).leaf)
      },
      LoggedRows(.loggedLetters, mayLieOutside: false) { row in
        let event = try LetterEventTable.event(row, at: 1)
        let digest = event.digest.bytes
        let leaf = (event.seal.isEmpty ? LogEntry.written(digest) : .taken(digest)).leaf
        return (row.int64(0), event.place, leaf)
      },
    ]
  }

  /// The first row that stands in no page, or where another stands.
  var stray: LogVerdict? { tables.lazy.compactMap(\.stray).first ?? clash }
  /// Rows that are in no page and need not be.
  var outside: Int { tables.reduce(0) { $0 + $1.outside } }

  /// The hashes of a page's entries by their places; pages are asked for in order.
  mutating func entries(of page: Int64, in ledger: LedgerReader) throws -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    for table in tables.indices {
      for (place, leaf) in try tables[table].entries(of: page, in: ledger)
      where found.updateValue(leaf, forKey: place) != nil {
        clash = clash ?? .broken(page: page, entry: place, .stray)
      }
    }
    return found
  }
}

/// The rows of a table that the log has entries of, in order, some at a time.
private struct LoggedRows {
  typealias Entry = (number: Int64, place: LogPlace, leaf: [UInt8])

  /// The first row that stands in no page, or where another stands.
  private(set) var stray: LogVerdict?
  /// Rows that are in no page and need not be.
  private(set) var outside = 0

  private let statement: Statement
  private let mayLieOutside: Bool
  private let decode: (any EngineRow) throws -> Entry
  private var waiting: [Entry] = []
  private var last: Int64 = 0
  private var isOver = false
  private var hasBegun = false

  /// - `mayLieOutside`: rows may stand in no page also behind the first that does: they came without a
  ///   seal.
  init(
    _ statement: Statement, mayLieOutside: Bool,
    _ decode: @escaping (any EngineRow) throws -> Entry
  ) {
    self.statement = statement
    self.mayLieOutside = mayLieOutside
    self.decode = decode
  }

  /// The hashes of a page's entries by their places; pages are asked for in order.
  mutating func entries(of page: Int64, in ledger: LedgerReader) throws -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    while true {
      while let next = waiting.last, next.place.page <= page {
        take(next, for: page, &found)
        waiting.removeLast()
      }
      if !waiting.isEmpty || isOver { return found }
      waiting = try ledger.rows(statement, [.integer(last), .integer(512)], decode).reversed()
      isOver = waiting.isEmpty
      last = waiting.first?.number ?? last
    }
  }

  private mutating func take(_ row: Entry, for page: Int64, _ found: inout [Int: [UInt8]]) {
    let place = row.place
    if place.page == page, found.updateValue(row.leaf, forKey: Int(place.entry)) == nil {
      hasBegun = true
    } else if place.page == 0, mayLieOutside || !hasBegun {
      outside += 1
    } else {
      stray = stray ?? .broken(page: place.page, entry: Int(place.entry), .stray)
    }
  }
}
