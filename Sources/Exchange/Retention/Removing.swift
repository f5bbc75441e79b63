internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

extension Node {
  /// What a run has removed.
  public struct Removed: Sendable, Hashable {
    /// Items.
    public var items = 0
    /// Traces.
    public var traces = 0
    /// Items that wait, because a neighbour has not taken them yet.
    public var waiting = 0

    /// Nothing so far.
    public init() {}
  }

  /// Items removed in one commit.
  private static let removedAtOnce = 64

  /// Removes what the node knows of persons and whose time is over (G6): what items say that came to
  /// their end, and of whom and why old traces tell.
  ///
  /// What was removed stays as a trace, in the commit that removes it: the item's identity and the
  /// digest of its entry, of no person.
  public func remove(by policy: RetentionPolicy) async throws -> Removed {
    var removed = Removed()
    if let days = policy.itemDays { try await removeItems(after: days, &removed) }
    if let days = policy.traceDays { removed.traces = try await removeTraces(after: days) }
    return removed
  }

  /// Erases the items of which a person has had that granted (PIPL 47), and what they have brought into
  /// the register; who has read them stays in the trace.
  public func erase() async throws -> Removed {
    var removed = Removed()
    try await remove(because: "PIPL 47", &removed) { ledger, last in
      try ledger.itemsToErase(after: last, limit: Node.removedAtOnce)
    } beside: { item, ledger in
      guard let body = try ledger.body(of: item, .entered),
        let subject = try Item(decoding: body).subject
      else { return }
      let key = try PersonLookup.find(subject, of: item, in: ledger).key
      for key in try ledger.subjectKeys(of: key) { try ledger.removeRecords(of: key, from: item) }
    }
    return removed
  }

  private func removeItems(after days: Int, _ removed: inout Removed) async throws {
    let time = RetentionPolicy.before(days: days, now: now())
    try await remove(because: "G6 \(days)", &removed) { ledger, last in
      try ledger.itemsDone(before: time, after: last, limit: Node.removedAtOnce)
    } beside: { _, _ in
    }
  }

  /// Removes what items say, a page a commit.
  ///
  /// - Parameters:
  ///   - reason: Why, for the trace.
  ///   - removed: What was removed so far.
  ///   - find: The next page of items.
  ///   - beside: What goes with each.
  /// - Throws: What is wrong with the ledger.
  private func remove(
    because reason: String, _ removed: inout Removed,
    _ find: @escaping @Sendable (LedgerReader, DoneItem?) throws -> [DoneItem],
    beside: @escaping @Sendable (LedgerID, LedgerTransaction) throws -> Void
  ) async throws {
    let (now, actor) = (now(), identity.actor)
    var last: DoneItem?
    while true {
      let after = last
      let (page, taken) = try await ledger.read { ledger -> ([DoneItem], [LedgerID]) in
        let page = try find(ledger, after)
        return (page, try ledger.taken(page).map(\.item))
      }
      guard let end = page.last else { return }
      last = end
      removed.waiting += page.count - taken.count
      let count = try await ledger.commit { ledger -> Int in
        var count = 0
        for item in taken {
          try beside(item, ledger)
          let removal = try ledger.remove(item, at: now) { try $0.isKeptOnRemoval() }
          guard let removal else { continue }
          count += 1
          let digest = Hexadecimal.text(removal.entered.bytes)
          try ledger.leaveTrace(
            TraceEntry(
              at: now, actor: actor, action: TraceEntry.removal,
              purpose: "\(reason) \(digest)", item: item))
        }
        return count
      }
      removed.items += count
    }
  }

  private func removeTraces(after days: Int) async throws -> Int {
    let time = RetentionPolicy.before(days: days, now: now())
    var removed = 0
    while true {
      let page = try await ledger.commit { try $0.removePersons(fromTracesBefore: time) }
      removed += page.removed
      if page.isDone { return removed }
    }
  }
}
