internal import Credentials

extension Statement {
  static let logEnd = Statement("the end of the log", "SELECT number, peaks FROM log_end")
  static let moveLogEnd = Statement(
    "move the end of the log", "UPDATE log_end SET number = ?, peaks = ?")
  static let insertLogPage = Statement("add a page to the log", LogTable.columns.insert())
}

extension LedgerTransaction {
  /// Where the next entry will stand in the log.
  func nextLogPlace() throws -> LogPlace {
    let end = try draft.end ?? logEnd()
    draft.end = end
    return LogPlace(page: Int64(end.count) + 1, entry: Int32(clamping: draft.leaves.count))
  }

  /// Enters something into the log at a time in milliseconds since 1970, at ``nextLogPlace()``.
  func enter(_ entry: LogEntry, at time: Int64) {
    draft.leaves.append(entry.leaf)
    draft.at = max(draft.at, time)
  }

  /// Ends the page, signed where there is somebody to sign: it belongs to the commit whose entries it
  /// has, and when it cannot be written nothing of them is.
  func closePage(signer: (any LogSigner)?) throws {
    guard let tree = HashTree(leaves: draft.leaves), var end = draft.end else { return }
    let number = Int64(end.count) + 1
    end.append(leaf: LogPage.leaf(number: number, at: draft.at, root: tree.root))
    var page = LogPage(
      number: number, at: draft.at, leaves: draft.leaves, log: end.root, signer: [], signature: [])
    if let signer {
      page.signer = signer.fingerprint
      page.signature = try signer.sign(
        LogPage.statement(
          number: number, at: page.at, root: tree.root, log: page.log, signer: page.signer),
        at: page.at)
    }
    try put(.insertLogPage, LogTable.columns.values(of: page))
    try put(.moveLogEnd, [.integer(number), .blob(end.peaks.flatMap(\.self))])
    draft = LogDraft()
  }

  private func logEnd() throws -> GrowingHashTree {
    let end = try row(.logEnd) { row in
      GrowingHashTree(count: Int(row.int64(0)), peaks: LogTable.hashes(in: row.blob(1)) ?? [])
    }
    guard let known = end, let tree = known else {
      throw LedgerFailure(.corrupt, "the end of the log is damaged; restore the last backup")
    }
    return tree
  }
}
