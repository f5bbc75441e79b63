public import Credentials

/// What an entry of the log stands for.
public enum LoggedRecord: Sendable {
  /// Something that happened to an item.
  case event(StoredEvent)
  /// A step of a letter.
  case letter(StoredLetterEvent)
  /// A trace, and the hash of the one before it.
  case trace(StoredTrace, after: [UInt8])

  /// The letter before what is hashed, as in the log: written here, taken, or a trace.
  public var letter: UInt8 {
    switch self {
    case .event(let event): UInt8(ascii: event.seal.isEmpty ? "W" : "R")
    case .letter(let step): UInt8(ascii: step.seal.isEmpty ? "W" : "R")
    case .trace: UInt8(ascii: "T")
    }
  }

  /// The bytes whose SHA-256 stands in the log behind the letter.
  public var digested: [UInt8] {
    switch self {
    case .event(let event): event.digested
    case .letter(let step): step.digested
    case .trace(let trace, let previous):
      TraceChain.digested(trace, after: previous)
    }
  }

  /// What is held by its SHA-256 at the end of ``digested``; nil: nothing is, or it was erased.
  public var content: [UInt8]? {
    switch self {
    case .event(let event): event.bodyDigest.isEmpty ? event.body : nil
    case .letter(let step): step.body
    case .trace(let trace, _): trace.salted
    }
  }
}

/// That an entry is in the log, and that the log has only grown since: for somebody who has nothing
/// but the node's signature and SHA-256.
public struct LogProof: Sendable {
  /// What stands there.
  public var record: LoggedRecord
  /// The page that it stands on.
  public var page: LogPage
  /// Its place on the page, from 0.
  public var entry: Int
  /// From the page to the log's root at ``head``, the nearest first (RFC 9162, section 2.1.3).
  public var inclusion: [(side: HashTree.Side, hash: [UInt8])]
  /// The last page that is signed.
  public var head: LogPage
  /// The log as it was known before: how many pages, and their root.
  public var known: (pages: Int64, log: [UInt8])
  /// That ``head`` has only grown from what was known (RFC 9162, section 2.1.4).
  public var consistency: [[UInt8]]
}

extension Statement {
  static let eventAtPlace = Statement(
    "the event at a place of the log",
    "SELECT \(EventTable.selected) FROM \(EventTable.joined) WHERE page = ? AND entry = ?")
  static let traceAtPlace = Statement(
    "the trace at a place of the log",
    "SELECT \(TraceTable.columns.selected), previous FROM trace WHERE page = ? AND entry = ?")
  static let letterAtPlace = Statement(
    "the step of a letter at a place of the log",
    """
    SELECT \(LetterEventTable.selected) FROM \(LetterEventTable.joined)
    WHERE page = ? AND entry = ?
    """)
  static let lastSignedPage = Statement(
    "the last page of the log that is signed",
    """
    SELECT \(LogTable.columns.selected) FROM log_page WHERE length(signature) > 0
    ORDER BY number DESC LIMIT 1
    """)
}

extension LedgerReader {
  /// The last page that is signed; nil: none is.
  public func lastSignedPage() throws -> LogPage? {
    try row(.lastSignedPage) { try LogTable.columns.record($0) }
  }

  /// What stands at a place of the log; nil where nothing does.
  ///
  /// The tables are looked through from end to end: a proof is asked for now and then, and an index
  /// would cost every event.
  public func logged(at place: LogPlace) throws -> LoggedRecord? {
    let values: [StoredValue] = [.integer(place.page), .integer(place.entry)]
    if let event = try row(.eventAtPlace, values, { try EventTable.event($0) }) {
      return .event(event)
    }
    if let step = try row(.letterAtPlace, values, { try LetterEventTable.event($0) }) {
      return .letter(step)
    }
    return try row(.traceAtPlace, values) { row in
      .trace(try TraceTable.columns.record(row), after: row.blob(TraceTable.columns.count))
    }
  }

  /// What proves that an entry is in the log; nil where there is none at the place, or the log has no
  /// signed page from there on.
  ///
  /// - Parameters:
  ///   - place: Where the entry stands.
  ///   - older: How many pages the log had when it was seen before; nil: when the entry was written.
  /// - Returns: The proof.
  /// - Throws: What is wrong with the ledger.
  public func proof(of place: LogPlace, since older: Int64? = nil) throws -> LogProof? {
    let knownPages = older ?? place.page
    guard place.page > 0, let page = try logPage(place.page),
      page.leaves.indices.contains(Int(place.entry)), let record = try logged(at: place),
      let head = try lastSignedPage(), head.number >= place.page, head.number >= knownPages,
      let known = try logPage(knownPages)
    else { return nil }
    let inclusion = try GrowthProof.inclusion(of: Int(place.page) - 1, in: Int(head.number)).map {
      (side: $0.side, hash: try logRoot(of: $0.range))
    }
    let consistency = try GrowthProof.consistency(of: Int(knownPages), with: Int(head.number)).map {
      try logRoot(of: $0)
    }
    return LogProof(
      record: record, page: page, entry: Int(place.entry), inclusion: inclusion, head: head,
      known: (knownPages, known.log), consistency: consistency)
  }

  /// The root of the tree over some pages of the log, counted from 0.
  private func logRoot(of pages: Range<Int>) throws -> [UInt8] {
    var tree = GrowingHashTree()
    while tree.count < pages.count {
      let next = try logPages(
        after: Int64(pages.lowerBound + tree.count), limit: min(256, pages.count - tree.count))
      if next.isEmpty { throw LedgerFailure(.corrupt, "pages of the log are missing") }
      for page in next { tree.append(leaf: page.leaf) }
    }
    return tree.root
  }
}

/// Which parts of a tree a proof of RFC 9162, section 2.1, has the roots of.
enum GrowthProof {
  /// The parts beside the way from a leaf to the root of a tree of `count` leaves, the nearest first
  /// (section 2.1.3.1).
  static func inclusion(
    of leaf: Int, in count: Int
  ) -> [(range: Range<Int>, side: HashTree.Side)] {
    var parts: [(range: Range<Int>, side: HashTree.Side)] = []
    var whole = 0..<count
    while whole.count > 1 {
      let middle = whole.lowerBound + fullPart(of: whole.count)
      if leaf < middle {
        parts.append((middle..<whole.upperBound, .right))
        whole = whole.lowerBound..<middle
      } else {
        parts.append((whole.lowerBound..<middle, .left))
        whole = middle..<whole.upperBound
      }
    }
    return parts.reversed()
  }

  /// The parts that lead from the root of the first `older` of `count` leaves to the root of all
  /// (section 2.1.4.1).
  static func consistency(of older: Int, with count: Int) -> [Range<Int>] {
    if older == count { return [] }
    var parts: [Range<Int>] = []
    var (whole, isKnown) = (0..<count, true)
    while whole.upperBound != older {
      let middle = whole.lowerBound + fullPart(of: whole.count)
      if older <= middle {
        parts.append(middle..<whole.upperBound)
        whole = whole.lowerBound..<middle
      } else {
        parts.append(whole.lowerBound..<middle)
        whole = middle..<whole.upperBound
        isKnown = false
      }
    }
    if !isKnown { parts.append(whole) }
    return parts.reversed()
  }

  /// The largest power of two below a number above 1.
  private static func fullPart(of count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
