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
  let calendar: WorkingCalendar
  let register: DivisionRegister
  let distribution: Distribution
  /// What was read of the items whose events this transaction writes.
  private var dossiers: [LedgerID: ItemDossier] = [:]

  init(
    identity: NodeIdentity, calendar: WorkingCalendar, register: DivisionRegister,
    distribution: Distribution
  ) {
    self.identity = identity
    self.calendar = calendar
    self.register = register
    self.distribution = distribution
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
    let stored = event.stored
    var item: StoredItem
    let former: String
    let change: ItemChange
    let clock: ItemRuling?
    do {
      try checkLength(of: stored)
      if stored.kind == .entered { return try enter(event, from: origin, now: now, in: ledger) }
      item = try admit(stored, from: origin, now: now, in: ledger)
      former = item.assignedTo
      change = try self.change(for: event, on: item, from: origin, in: ledger)
      clock = try rulingAfterReceipt(stored, item, from: origin, in: ledger)
    } catch {
      // An event that is here has been taken once: it is a repetition, however it looks now.
      if try ledger.event(stored.id) == stored { return .known }
      throw error
    }
    switch try ledger.insert(stored) {
    case .known: return .known
    case .conflict:
      throw CallFailure(
        .alreadyExists, .otherContent, field: "event.id",
        "another event of this identity is here")
    case .new: break
    }
    try ledger.update(stored.item, change)
    change.apply(to: &item)
    if let clock {
      try ledger.moveDue(of: item.id, to: clock, at: stored.at, reason: DueChange.received)
      item.due = clock.due.yyyymmdd
    }
    try follow(event, item, in: ledger)
    var told = try distribute(stored, item, from: origin, former: former, in: ledger)
    if let next = consequence(of: stored, item, from: origin, now: now),
      case .recorded(let more) = try record(next, from: .here, now: now, in: ledger)
    {
      told.formUnion(more)
    }
    return .recorded(told: told)
  }

  /// Every node on the way wraps an event anew, with a sequence of its own: what only just fits into
  /// a frame here would not fit into the next node's, and hold up all that comes after it.
  private func checkLength(of event: StoredEvent) throws(CallFailure) {
    guard event.body.count <= LedgerLimits.bodyBytes else {
      throw CallFailure(
        .invalidArgument, .eventTooLong, field: "event.detail",
        "内容为 \(event.body.count) 字节，最多 \(LedgerLimits.bodyBytes) 字节 / "
          + "a detail of \(event.body.count) bytes; at most \(LedgerLimits.bodyBytes) can travel")
    }
  }

  /// The item that an event is about, if the event is its actor's to bring about, and has a place in
  /// the item's life.
  private func admit(
    _ event: StoredEvent, from origin: EventOrigin, now: Int64, in ledger: LedgerTransaction
  ) throws -> StoredItem {
    guard let item = try ledger.item(event.item) else { throw CallFailure.unknownItem }
    try authority.check(event, on: item, from: origin, now: now)
    try CallFailure.check([
      ItemLife.check(event.kind, in: item.state, feedbackRequired: item.feedbackRequired)
    ])
    return item
  }

  private var authority: EventAuthority {
    EventAuthority(identity: identity, distribution: distribution)
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
    let item = try self.item(message, of: event.stored.item, kind, category)
    try authority.check(event.stored, on: item, from: origin, now: now)
    if case .neighbour = origin {
      try EntryRules.checkArrived(
        message, on: CivilDate(chinaDateOf: event.stored.at), register: register)
    }
    switch try ledger.insert(item, entered: event.stored) {
    case .known: return .known
    case .conflict:
      throw CallFailure(
        .alreadyExists, .otherContent, field: "item.id",
        "该编号已有内容不同的信息 / an item of this identity is here with other content")
    case .new:
      dossiers[item.id] = ItemDossier(entered: event.stored, message, in: ledger)
      try follow(event, item, in: ledger)
      return .recorded(told: try distribute(event.stored, item, from: origin, in: ledger))
    }
  }

  /// The columns of an item that is entered.
  private func item(
    _ message: Item, of id: LedgerID, _ kind: ItemKind, _ category: Category
  ) throws(CallFailure) -> StoredItem {
    if let other = message.record?.category, other != category.rawValue {
      throw CallFailure(
        .invalidArgument, .otherCategory, field: "item.record",
        "记录的类别与信息的类别不同 / the record is of another category than the item")
    }
    var item = StoredItem(
      id: id, kind: kind, category: category, from: message.from, to: message.to,
      enteredAt: message.enteredAt)
    let here = "\(identity.division)"
    item.outbound =
      item.from == here
      || DivisionCode(item.enteredAt).map(identity.division.contains) == true
    item.inbound = item.to == here
    item.occurred = message.occurred
    item.maskedName = Masking.name(message.subject?.name ?? "")
    item.maskedCitizenID = Masking.citizenID(message.subject?.citizenId ?? "")
    item.subjectKey = message.subject?.citizenId ?? ""
    return item
  }

  // MARK: What an event changes

  private func change(
    for event: DetailedEvent, on item: StoredItem, from origin: EventOrigin,
    in ledger: LedgerTransaction
  ) throws -> ItemChange {
    var change = ItemChange()
    if let state = event.stored.kind.rule.next {
      change.reached = ItemChange.Reached(state, at: event.stored.at)
    }
    switch event.detail {
    case .submitted(let submission):
      change.urgency = submission.urgency
      change.submitted = submission.submitted
      change.due = submission.due
      change.feedbackRequired = submission.feedbackRequired
      change.cycle = submission.cycle
      change.profile = submission.profile
    case .assigned(let division):
      let verdict = ItemLife.checkAssignment(
        to: division, by: event.stored.actor.division, register: register)
      if let failure = verdict.failure { throw CallFailure(failure, as: .invalidArgument) }
      change.assignedTo = division
      if identity.kind == .township {
        change.inbound = DivisionCode(division).map(identity.division.contains) == true
      }
    case .searched(let step) where origin == .here:
      try checkOrder(of: step, item, dossier(of: item.id, in: ledger))
    case .answered(let answer):
      let facts = try AnswerJudgement.facts(
        of: answer, to: item, dossier(of: item.id, in: ledger))
      try CallFailure.check(AnswerRules.failures(of: facts).map { .fails($0) })
      change.finding = answer.finding
      change.substantiated = Substantiation.check(facts).isMet
    default: break
    }
    return change
  }

  /// S6.4: the household place searches in the order of the rule.
  private func checkOrder(
    of step: ExchangeProtos.SearchStep, _ item: StoredItem, _ dossier: ItemDossier
  ) throws {
    guard let next = step.source, try dossier.answeringSide(of: item) == .household else { return }
    try CallFailure.check([SearchOrder.check(next: next, after: try dossier.searches())])
  }

  /// S4.3: under a profile with working-day clocks, receipt starts one more; the earliest counts.
  ///
  /// Where the calendar does not reach that far, the side that receives is told before it does. What
  /// it has done stands at the other nodes all the same: their due date follows when their calendar
  /// does (S4.5).
  private func rulingAfterReceipt(
    _ event: StoredEvent, _ item: StoredItem, from origin: EventOrigin,
    in ledger: LedgerTransaction
  ) throws -> ItemRuling? {
    guard event.kind == .received, let profile = RuleProfile(name: item.profile),
      profile.hasWorkingDayClocks,
      let submitted = CivilDate(yyyymmdd: item.submitted),
      let facts = try dossier(of: item.id, in: ledger).entered()?.item.facts(
        submitted: submitted, received: CivilDate(chinaDateOf: event.at), profile: profile)
    else { return nil }
    do throws(RulingGap) {
      return try ItemRuling(of: facts, calendar: calendar)
    } catch {
      if origin == .here { throw CallFailure(error) }
      return nil
    }
  }

  /// What follows in the register of persons (S7, S12.1); a province keeps none.
  private func follow(
    _ event: DetailedEvent, _ item: StoredItem, in ledger: LedgerTransaction
  ) throws {
    guard identity.kind != .province else { return }
    let dossier = dossier(of: item.id, in: ledger)
    try Registering(identity: identity, ledger: ledger).follow(event, item) {
      try dossier.entered()
    }
  }

  /// What this node does by itself when it has stored an event of a neighbour.
  private func consequence(
    of event: StoredEvent, _ item: StoredItem, from origin: EventOrigin, now: Int64
  ) -> DetailedEvent? {
    guard case .neighbour(let peer) = origin else { return nil }
    switch (identity.kind, event.kind) {
    case (.province, .submitted), (.province, .relayed):
      return Relay(identity: identity, distribution: distribution)
        .next(after: event, item, origin: "\(peer)", now: now)
    // Of the provinces on the way, the last one hands it over.
    case (.county, .relayed)
    where item.to == "\(identity.division)" && event.actor.division == "\(peer)":
      return DetailedEvent(
        StoredEvent(
          id: LedgerID(version7At: now), item: event.item, kind: .delivered, at: now,
          actor: identity.actor), nil)
    default: return nil
    }
  }

  // MARK: Neighbours

  private func distribute(
    _ event: StoredEvent, _ item: StoredItem, from origin: EventOrigin, former: String = "",
    in ledger: LedgerTransaction
  ) throws -> Set<String> {
    var told: Set<String> = []
    let parcels = distribution.parcels(
      for: event.kind, of: item, origin: origin.peer, former: former)
    for parcel in parcels {
      if try isLeftToCatchUp(parcel.peer, item, in: ledger) { continue }
      if parcel.wholeHistory {
        try ledger.append(historyOf: item.id, toOutboxOf: parcel.peer)
      } else {
        try ledger.append(event.id, toOutboxOf: parcel.peer)
      }
      told.insert(parcel.peer)
    }
    return told
  }

  /// What a neighbour's catch-up has still to come to it brings whole, and in order.
  private func isLeftToCatchUp(
    _ peer: String, _ item: StoredItem, in ledger: LedgerTransaction
  ) throws -> Bool {
    guard try ledger.isAwaited(item.id, byCatchUpOf: peer), let code = DivisionCode(peer) else {
      return false
    }
    return distribution.concerns(code, item)
  }
}
