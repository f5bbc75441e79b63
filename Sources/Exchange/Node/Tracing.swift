internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC
internal import Wire

/// The trace that reading a person's record leaves (G2): who, when, why, which record.
struct Tracing {
  let node: Node

  /// On disk before the record leaves the node: a reading that cannot be traced does not happen.
  ///
  /// It is kept under the person's key in the register (``PersonLookup``), as all readings are, so that
  /// the list that she can be given has them all.
  func read(_ item: StoredItem, by caller: Caller, purpose: String) async throws {
    try await leave("follow", by: caller, purpose: purpose, item: item.id) { ledger in
      guard let body = try ledger.body(of: item.id, .entered),
        let subject = try Item(decoding: body).subject
      else { return item.subjectKey }
      return try PersonLookup.find(subject, of: item.id, in: ledger).key
    }
  }

  /// The same for a person's records with their history.
  func read(
    personOf entry: RegisterEntry, item: LedgerID?, by caller: Caller, purpose: String
  ) async throws {
    try await leave("record", by: caller, purpose: purpose, item: item) { _ in entry.key }
  }

  /// The same for all that is kept of a person.
  func read(allOf key: String, by caller: Caller, purpose: String) async throws {
    try await leave("subject-report", by: caller, purpose: purpose, item: nil) { _ in key }
  }

  /// The same for the items that the figures of a division count: of persons they show nothing, but
  /// they are the way to them.
  func read(itemsOf division: DivisionCode, in cycle: SubmissionCycle, by caller: Caller)
    async throws
  {
    try await leave("figures", by: caller, purpose: "\(division) \(cycle)", item: nil) { _ in "" }
  }

  /// The same for the figures themselves: they name nobody, and they leave the node.
  func read(figuresOf division: DivisionCode, in cycle: SubmissionCycle, by caller: Caller)
    async throws
  {
    try await leave("figures-shown", by: caller, purpose: "\(division) \(cycle)", item: nil) {
      _ in ""
    }
  }

  /// The same for the items that a division is late with.
  func read(lateItemsOf division: DivisionCode, by caller: Caller) async throws {
    try await leave("late", by: caller, purpose: "\(division)", item: nil) { _ in "" }
  }

  /// The same for a sample of what a division has answered, with the seed that it was drawn by.
  func drew(
    _ seed: UInt64, of division: DivisionCode, in cycle: SubmissionCycle, by caller: Caller
  ) async throws {
    try await leave("sample", by: caller, purpose: "\(division) \(cycle) \(seed)", item: nil) {
      _ in ""
    }
  }

  /// The same for a search of the log: of whom, and what for.
  func searched(
    by caller: Caller, purpose: String, item: LedgerID?, subjectKey: String
  ) async throws {
    try await leave("audit-search", by: caller, purpose: purpose, item: item) { _ in subjectKey }
  }

  /// The same for a combined query, with what was asked; of one person also why.
  func queried(
    _ conditions: String, by caller: Caller, purpose: String, personOfKey key: String
  ) async throws {
    let told = [purpose.trimmingBlanks, conditions].filter { !$0.isEmpty }
    try await leave("query", by: caller, purpose: told.joined(separator: " · "), item: nil) { _ in
      key
    }
  }

  /// The trace of a call that was refused because of who called.
  ///
  /// Nothing was done, so nobody waits for it; a trace that cannot be written is in the log.
  func denied(_ method: String, of caller: Caller, _ reason: String, item: LedgerID? = nil) {
    let now = node.now()
    let kind = Denials.Kind(account: caller.account, method: method, reason: reason)
    guard let count = node.denials.add(kind, at: now) else { return }
    let trace = TraceEntry(
      at: now, actor: LedgerActor(caller), action: "denied",
      purpose: "\(method) \(reason)" + (count > 1 ? " \(count)" : ""), item: item)
    node.ledger.commit(
      { try $0.leaveTrace(trace) },
      completion: { [logger = node.logger] outcome in
        guard case .failure(let error) = outcome else { return }
        logger.error("a refused call could not be noted", metadata: ["error": "\(error)"])
      })
  }

  private func leave(
    _ action: String, by caller: Caller, purpose: String, item: LedgerID?,
    _ key: @escaping @Sendable (LedgerReader) throws -> String
  ) async throws {
    let now = node.now()
    let actor = LedgerActor(caller)
    do {
      try await node.ledger.commit { ledger in
        _ = try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: actor, action: action, purpose: purpose, item: item,
            subjectKey: try key(ledger)))
      }
    } catch {
      throw CallFailure(ledger: error)
    }
  }
}
