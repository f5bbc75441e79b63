/// The ends of the outboxes that one request adds to: each is read once and written once.
struct OutboxTails {
  /// The end of one peer's outbox.
  struct Tail {
    /// The peer's row.
    let peer: Int64
    /// The last sequence that was given out.
    var last: Int64
    /// The row of the last item that a catch-up has reached; nil: none is under way.
    var catchUp: Int64?
  }

  private var tails: [String: Tail] = [:]

  subscript(peer: String) -> Tail? {
    get { tails[peer] }
    set { tails[peer] = newValue }
  }

  /// Hands out what has to be written, and forgets it.
  mutating func clear() -> [Tail] {
    defer { tails.removeAll(keepingCapacity: true) }
    return Array(tails.values)
  }
}
