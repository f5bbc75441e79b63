internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

/// Writes what happens to items into the ledger: one place for what operators do here and for what
/// neighbours tell.
///
/// A book is opened for one transaction. It checks everything before it writes anything, so that an
/// event that is refused leaves no trace in a commit that others share.
final class EventBook {
  let identity: NodeIdentity
  private let register: DivisionRegister
  let distribution: Distribution
  private let folding: EventFolding
  private let way: EventWay
  /// What was read of the items whose events this transaction writes.
  private var dossiers: [LedgerID: ItemDossier] = [:]
  /// Whose seals this node believes.
  private let seals: SealChecks
  /// Of which request the events are that are written next, and what follows from them.
  var trace: TraceContext?

  init(
    identity: NodeIdentity, calendar: WorkingCalendar, register: DivisionRegister,
    distribution: Distribution, seals: SealChecks
  ) {
    self.seals = seals
    self.identity = identity
    self.register = register
    self.distribution = distribution
    folding = EventFolding(identity: identity, calendar: calendar, register: register)
    way = EventWay(identity: identity, distribution: distribution)
  }

  /// What became of an event.
  enum Outcome {
    /// It is stored, and these neighbours have something to take.
    case recorded(told: Set<String>)
    /// It was here already.
    case known
  }

  /// Stores an event and puts it, with what follows from it here, into the outboxes.
  ///
  /// What an operator does here is refused where it would have no effect. What a neighbour tells is
  /// kept also then: everybody who has the item holds the same events, and comes to the same item.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - origin: Where the event comes from.
  ///   - now: Milliseconds since 1970, for what follows from it here.
  ///   - ledger: The transaction.
  /// - Returns: Whether it is new, and who has something to take.
  /// - Throws: `CallFailure` for an event that has no place here.
  func record(
    _ event: DetailedEvent, from origin: EventOrigin, now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    do {
      try checkLength(of: event.stored, from: origin)
      if event.stored.kind == .entered {
        return try enter(event, from: origin, now: now, in: ledger)
      }
      guard let item = try ledger.item(event.stored.item) else { throw CallFailure.unknownItem }
      guard item.removed == 0 else { throw CallFailure.removed }
      switch origin {
      case .here: return try write(event, on: item, now: now, in: ledger)
      case .neighbour(let peer): return try take(event, on: item, from: peer, now: now, in: ledger)
      }
    } catch {
      // An event that is here has been taken once: it is a repetition, however it looks now.
      if try isKnown(event.stored, in: ledger) { return .known }
      throw error
    }
  }

  /// What an operator of this node does, or the node by itself.
  private func write(
    _ event: DetailedEvent, on item: StoredItem, now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    // A node writes what happens in its own division, and nothing for others.
    guard identity.covers(event.stored.actor.division) else { throw CallFailure.notYours }
    let dossier = dossier(of: item.id, in: ledger)
    let heads = item.heads.isEmpty ? try folding.history(of: item, dossier).heads : item.heads
    let event = event.written(after: heads)
    if case .searched(let step)? = event.detail {
      try folding.checkOrder(of: step, item, dossier)
    }
    let folded = try folding.fold(event, into: item, dossier)
    if let failure = folded.failure {
      throw CallFailure(
        failure, as: failure.cause == .wrongDivision ? .permissionDenied : .failedPrecondition)
    }
    // S6.3: an operator's words are held to more than what came, which is judged the same everywhere.
    if event.stored.kind == .answered, let answer = folded.answer {
      try CallFailure.check(AnswerRules.failures(of: answer).map { .fails($0) })
    }
    return try keep(event, folded, over: item, from: .here, now: now, in: ledger)
  }

  /// What a neighbour tells.
  private func take(
    _ event: DetailedEvent, on item: StoredItem, from peer: DivisionCode, now: Int64,
    in ledger: LedgerTransaction
  ) throws -> Outcome {
    try check(event, on: item, from: peer, in: ledger)
    let dossier = dossier(of: item.id, in: ledger)
    // What does not follow all that is known may be known itself: a look is cheaper than a fold.
    if event.stored.follows != item.heads, try isKnown(event.stored, in: ledger) {
      return .known
    }
    let folded = try folding.fold(event, into: item, dossier)
    return try keep(event, folded, over: item, from: .neighbour(peer), now: now, in: ledger)
  }

  private func isKnown(_ event: StoredEvent, in ledger: LedgerReader) throws -> Bool {
    try ledger.event(event.id) == event
  }

  private func keep(
    _ event: DetailedEvent, _ folded: Folded, over item: StoredItem, from origin: EventOrigin,
    now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    let stored = event.stored
    // What can come again and again has a bound; an item's life has its own.
    if folded.failure != nil || ItemLife.isRepeatable(stored.kind) || stored.kind == .takenBack {
      try checkCount(of: item, in: ledger)
    }
    switch try ledger.insert(stored, called: event.digest, from: origin.source, at: now) {
    case .known: return .known
    case .conflict:
      throw CallFailure(
        .alreadyExists, .otherContent, field: "event.id",
        "another event of this identity is here")
    case .new: break
    }
    try ledger.rewrite(folded.item)
    let former = item.assignedTo
    var item = folded.item
    if folded.failure == nil {
      if let clock = folded.clock {
        try ledger.moveDue(of: item.id, to: clock, at: stored.at, reason: DueChange.received)
        item.due = clock.due.yyyymmdd
      }
    }
    try follow(folded, item, in: ledger)
    var told = try distribute(stored, item, from: origin, former: former, in: ledger)
    if folded.failure == nil,
      let next = try consequence(of: stored, item, from: origin, now: now, in: ledger),
      case .recorded(let more) = try record(next, from: .here, now: now, in: ledger)
    {
      told.formUnion(more)
    }
    return .recorded(told: told)
  }

  /// What is to be said of an item's events that have not simply taken effect.
  func remarks(
    on item: StoredItem, _ events: [StoredEvent], in ledger: LedgerReader
  ) throws -> [EventRemark] {
    try folding.remarks(on: item, events, ItemDossier(item.id, in: ledger))
  }

  /// Every node on the way wraps an event anew, with a sequence of its own: what only just fits into
  /// a frame here would not fit into the next node's, and hold up all that comes after it.
  private func checkLength(
    of event: StoredEvent, from origin: EventOrigin
  ) throws(CallFailure) {
    let most = LedgerLimits.bodyBytes - (origin.peer == nil ? EventDetail.saltBytes : 0)
    guard event.body.count <= most else {
      throw CallFailure(
        .invalidArgument, .eventTooLong, field: "event.detail",
        "内容为 \(event.body.count) 字节，最多 \(most) 字节 / "
          + "a detail of \(event.body.count) bytes; at most \(most) can travel")
    }
  }

  /// A fold takes with the square of an item's events, and nobody else's wait for it.
  private func checkCount(of item: StoredItem, in ledger: LedgerTransaction) throws {
    guard try ledger.eventCount(of: item.id) < LedgerLimits.eventsOfItem else {
      throw CallFailure(
        .failedPrecondition, .tooManyEvents, field: "id",
        "该信息已有 \(LedgerLimits.eventsOfItem) 条记录，不能再增加 / "
          + "this item has \(LedgerLimits.eventsOfItem) events; no more can be added")
    }
  }

  /// Whether a neighbour's event is its actor's, and of this item.
  private func check(
    _ event: DetailedEvent, on item: StoredItem, from peer: DivisionCode, in ledger: LedgerReader
  ) throws {
    try way.check(event.stored, on: item, from: peer)
    guard event.stored.seal.isEmpty else { return try seals.check(event, in: ledger) }
    guard try ledger.takesUnsealed() else {
      throw CallFailure(
        .permissionDenied, .unsealed, field: "event.seal",
        "the event bears no seal; \(peer) sends it as its author's node has sealed it")
    }
  }

  private func dossier(of item: LedgerID, in ledger: LedgerReader) -> ItemDossier {
    if let dossier = dossiers[item] { return dossier }
    let dossier = ItemDossier(item, in: ledger)
    dossiers[item] = dossier
    return dossier
  }

  // MARK: Entry

  private func enter(
    _ event: DetailedEvent, from origin: EventOrigin, now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    guard case .entered(let message)? = event.detail, let kind = message.kind,
      let category = message.category
    else { throw CallFailure.unknownItem }
    var event = event
    var item = try StoredItem(
      entering: message, of: event.stored.item, kind, category, at: identity)
    switch origin {
    case .here:
      if let outcome = try known(event.stored, in: ledger) { return outcome }
      event = event.written(after: [])
      guard identity.covers(event.stored.actor.division) else { throw CallFailure.notYours }
    case .neighbour(let peer):
      try check(event, on: item, from: peer, in: ledger)
      try EntryRules.checkArrived(
        message, on: CivilDate(chinaDateOf: event.stored.at), register: register)
    }
    if let failure = ItemLife.check(
      HistoryEvent(event), as: item.standing, between: item.parties)
    {
      throw CallFailure(failure, as: .permissionDenied)
    }
    item.heads = [event.digest]
    let inserted = try ledger.insert(
      item, entered: event.stored, called: event.digest, from: origin.source, at: now)
    switch inserted {
    case .known: return .known
    case .conflict:
      throw CallFailure.otherItem
    case .new:
      dossiers[item.id] = ItemDossier(entered: event.stored, message, in: ledger)
      var folded = Folded(item: item)
      folded.begun = [event]
      try follow(folded, item, in: ledger)
      return .recorded(told: try distribute(event.stored, item, from: origin, in: ledger))
    }
  }

  /// What an operator enters that is here already, whatever its salt; nil: it is new.
  private func known(_ event: StoredEvent, in ledger: LedgerTransaction) throws -> Outcome? {
    guard let item = try ledger.item(event.item) else { return nil }
    guard item.removed == 0 else { throw CallFailure.removed }
    guard let body = try ledger.body(of: item.id, .entered),
      EventDetail.unsalted(body) == event.body[...]
    else { throw CallFailure.otherItem }
    return .known
  }

  // MARK: What follows

  /// What follows in the register of persons (S7, S12.1); a province keeps none.
  private func follow(
    _ folded: Folded, _ item: StoredItem, in ledger: LedgerTransaction
  ) throws {
    guard identity.kind != .province else { return }
    let dossier = dossier(of: item.id, in: ledger)
    let registering = Registering(identity: identity, ledger: ledger)
    if let cause = folded.begun.last {
      for event in folded.ended {
        try registering.retract(event, item, because: cause.stored) { try dossier.entered() }
      }
    }
    for event in folded.begun {
      try registering.follow(event, item) { try dossier.entered() }
    }
  }

  /// What this node does by itself when it has stored an event of a neighbour.
  private func consequence(
    of event: StoredEvent, _ item: StoredItem, from origin: EventOrigin, now: Int64,
    in ledger: LedgerReader
  ) throws -> DetailedEvent? {
    guard case .neighbour(let peer) = origin else { return nil }
    switch (identity.kind, event.kind) {
    case (.province, .submitted), (.province, .relayed):
      return Relay(identity: identity, distribution: distribution)
        .next(after: event, item, origin: "\(peer)", now: now)
    // Of the provinces on the way, the last one hands it over.
    case (.county, .relayed)
    where item.to == "\(identity.division)" && event.actor.division == "\(peer)":
      // A store that was put back has taken it once, perhaps: it hears of that first.
      return try ledger.awaited().contains("\(peer)")
        ? nil : identity.delivered(item.id, now: now)
    default: return nil
    }
  }

  // MARK: Neighbours

  private func distribute(
    _ event: StoredEvent, _ item: StoredItem, from origin: EventOrigin, former: String = "",
    in ledger: LedgerTransaction
  ) throws -> Set<String> {
    var told: Set<String> = []
    let trace = trace?.child.bytes ?? []
    let parcels = distribution.parcels(
      for: event.kind, of: item, origin: origin.peer, former: former)
    for parcel in parcels {
      if try isLeftToCatchUp(parcel.peer, item, in: ledger) { continue }
      if parcel.wholeHistory {
        try ledger.append(historyOf: item.id, toOutboxOf: parcel.peer, trace: trace)
      } else {
        try ledger.append(event.id, toOutboxOf: parcel.peer, trace: trace)
      }
      told.insert(parcel.peer)
    }
    return told
  }

  /// Whether a neighbour hears of an item by its catch-up, which has not come to the item yet and
  /// brings its history whole and in order.
  private func isLeftToCatchUp(
    _ peer: String, _ item: StoredItem, in ledger: LedgerTransaction
  ) throws -> Bool {
    guard try ledger.isAwaited(item.id, byCatchUpOf: peer), let code = DivisionCode(peer) else {
      return false
    }
    return distribution.concerns(code, item)
  }
}

extension CallFailure {
  fileprivate static let otherItem = CallFailure(
    .alreadyExists, .otherContent, field: "item.id",
    "该编号已有内容不同的信息 / an item of this identity is here with other content")

  fileprivate static let notYours = CallFailure(
    .permissionDenied, .wrongDivision, field: "id",
    "这一步由另一方办理 / this step is the other side's")
}
