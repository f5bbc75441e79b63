internal import Credentials
internal import ExchangeProtos
internal import Ledger
internal import Logging

/// Neighbours remember each other's logs: a node whose past is shorter than a neighbour remembers, or
/// another, is seen at the first hello, by both.
extension LinkSession {
  /// Pages of the log told in one frame, at most.
  private static let pagesAtOnce = 256

  /// How long a link goes on before the pages that were written meanwhile are told, in milliseconds.
  static let tellsLogEvery: Int64 = 60_000

  /// Compares what the neighbour remembers of this node's log with the log.
  ///
  /// - Returns: The page behind which the neighbour is to be told.
  func comparePast(_ theirs: LinkHello) async throws -> Int64 {
    let (peer, now) = (peer, node.now())
    let pages = Int64(clamping: theirs.logPages)
    let (known, log) = try await node.ledger.read {
      (try $0.neighbourLog(of: peer), pages == 0 ? nil : try $0.logPage(pages)?.log)
    }
    let isMine = pages == 0 || log == theirs.logRoot
    if isMine != (known.mine == nil) {
      try await node.ledger.commit { ledger in
        var known = try ledger.neighbourLog(of: peer)
        known.mine = isMine ? nil : StrangeHead(pages: pages, root: theirs.logRoot, since: now)
        try ledger.keep(known)
      }
    }
    if isMine { return pages }
    node.log(
      .error,
      log == nil
        ? "a neighbour remembers more of this node's log than there is: the store was put back"
        : "a neighbour remembers another past of this node's log", of: peer,
      ["page": "\(pages)", "root": "\(Hexadecimal.text(theirs.logRoot))"])
    return 0
  }

  /// Pages of this node's log as a frame.
  func logFrame(_ tail: LogTail) -> LinkFrame {
    var log = LinkLog()
    log.first = UInt64(clamping: tail.first)
    log.pages = tail.pages.map { page in
      var message = LinkLogPage()
      message.at = page.at
      message.root = page.root
      return message
    }
    log.log = tail.log
    log.signer = tail.signer
    log.signature = tail.signature
    var frame = LinkFrame()
    frame.frame = .log(log)
    return frame
  }

  /// The pages behind a page that can be told in one frame.
  func logTail(after page: Int64, in ledger: LedgerReader) throws -> LogTail? {
    try ledger.logTail(after: page, limit: LinkSession.pagesAtOnce)
  }

  /// Remembers what the neighbour tells of its log.
  ///
  /// Told from its first page again, its past is another: what was remembered is kept as such. What
  /// does not follow what is remembered, or was not signed by the neighbour, is not believed.
  func remember(_ told: LinkLog) async throws {
    let (node, peer, now) = (node, peer, node.now())
    let tail = LogTail(
      first: Int64(clamping: told.first),
      pages: told.pages.map { LogTail.Page(at: $0.at, root: $0.root) }, log: told.log,
      signer: told.signer, signature: told.signature)
    let outcome = try await node.ledger.commit { ledger -> Remembered in
      var known = try ledger.neighbourLog(of: peer)
      let before = known.log
      if tail.first == 1, before.count > 0 {
        known.log = GrowingHashTree()
        known.other = StrangeHead(
          pages: Int64(before.count), root: before.root, since: known.other?.since ?? now)
      }
      guard let statement = tail.follow(&known.log),
        try node.seals.hasSigned(
          statement, tail.signature, by: tail.signer, of: peer, in: ledger)
      else { return .notBelieved }
      known.at = tail.pages.last?.at ?? 0
      try ledger.keep(known)
      return tail.first == 1 && before.count > 0 ? .otherPast : .grown
    }
    switch outcome {
    case .grown: return
    case .otherPast:
      node.log(
        .error, "a neighbour's log is another than the one that is remembered", of: peer)
    case .notBelieved:
      node.log(
        .error, "a neighbour tells of its log what does not follow, or is not signed by it",
        of: peer,
        ["first": "\(told.first)"])
    }
  }

  private enum Remembered { case grown, otherPast, notBelieved }
}
