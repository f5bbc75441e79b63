extension Statement {
  static let moveOutboxTail = ofGathering(
    "move the end of an outbox",
    "UPDATE outbox_peer SET last = ?, head = ?, catch_up = ? WHERE number = ?")
}

/// The ends of the outboxes that one request adds to: each is read once and written once.
final class OutboxTails: Gathering {
  /// The end of one peer's outbox.
  struct Tail {
    /// The peer's row.
    let peer: Int64
    /// The last sequence that was given out.
    var last: Int64
    /// Stands for all that was put into the outbox.
    var head: [UInt8]
    /// The row of the last item that a catch-up has reached; nil: none is under way.
    var catchUp: Int64?
  }

  static let table = Table.outboxPeer

  private var tails: [String: Tail] = [:]

  init() {}

  subscript(peer: String) -> Tail? {
    get { tails[peer] }
    set { tails[peer] = newValue }
  }

  func write(in ledger: LedgerTransaction) throws {
    let written = Array(tails.values)
    forget()
    for tail in written {
      try ledger.put(
        .moveOutboxTail,
        [.integer(tail.last), .blob(tail.head), tail.catchUp.stored, .integer(tail.peer)])
    }
  }

  func forget() { tails.removeAll(keepingCapacity: true) }
}
