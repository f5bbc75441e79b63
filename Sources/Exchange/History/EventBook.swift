internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

/// Writes what happens to items into the ledger: one place for what operators do here and for what
/// neighbours tell.
///
/// Each method works inside a transaction. It checks everything before it writes anything, so that
/// an event that is refused leaves no trace in a commit that others share.
struct EventBook: Sendable {
  let identity: NodeIdentity
  let calendar: WorkingCalendar
  let register: DivisionRegister
  let distribution: Distribution

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
  ///   - origin: the neighbour that told of it; nil for what happens at this node.
  ///   - now: milliseconds since 1970, for what follows from it here.
  /// - Throws: `CallFailure` for an event that has no place here.
  func record(
    _ event: StoredEvent, origin: String?, now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    var item: StoredItem
    let former: String
    let change: ItemChange
    let clock: ItemRuling?
    do {
      try checkLength(of: event)
      if event.kind == .entered { return try enter(event, origin: origin, now: now, in: ledger) }
      item = try admit(event, origin: origin, now: now, in: ledger)
      former = item.assignedTo
      change = try self.change(for: event, on: item, in: ledger)
      clock = try rulingAfterReceipt(event, item, isOwn: origin == nil, in: ledger)
    } catch {
      // An event that is here has been taken once: it is a repetition, however it looks now.
      if try ledger.event(event.id) == event { return .known }
      throw error
    }
    switch try ledger.insert(event) {
    case .known: return .known
    case .conflict:
      throw CallFailure(
        .alreadyExists, "other-content", field: "event.id",
        "another event of this identity is here")
    case .new: break
    }
    try ledger.update(event.item, change)
    change.apply(to: &item)
    if let clock {
      try ledger.moveDue(of: item.id, to: clock, at: event.at, reason: DueChange.received)
      item.due = clock.due.yyyymmdd
    }
    try Registering(identity: identity).follow(event, item, in: ledger)
    var told = try distribute(event, item, origin: origin, former: former, in: ledger)
    if let next = consequence(of: event, item, origin: origin, now: now),
      case .recorded(let more) = try record(next, origin: nil, now: now, in: ledger)
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
        .invalidArgument, "event-too-long", field: "event.detail",
        "内容为 \(event.body.count) 字节，最多 \(LedgerLimits.bodyBytes) 字节 / "
          + "a detail of \(event.body.count) bytes; at most \(LedgerLimits.bodyBytes) can travel")
    }
  }

  /// The item that an event is about, if the event has a place in its life and with its teller.
  private func admit(
    _ event: StoredEvent, origin: String?, now: Int64, in ledger: LedgerTransaction
  ) throws -> StoredItem {
    guard let item = try ledger.item(event.item) else {
      throw CallFailure(
        .notFound, "unknown-item", field: "id", "没有这条信息 / no such item is known here")
    }
    if let origin { try checkOrigin(origin, event, item, now: now) }
    try ItemLife.check(event.kind, on: item)
    return item
  }

  // MARK: Entry

  private func enter(
    _ event: StoredEvent, origin: String?, now: Int64, in ledger: LedgerTransaction
  ) throws -> Outcome {
    let message = try Item(decoding: event.body)
    var item = StoredItem(
      id: event.item, kind: Int(message.kind.rawValue), category: Int(message.category.rawValue),
      from: message.from, to: message.to, enteredAt: message.enteredAt)
    let here = "\(identity.division)"
    if let category = message.record?.category, category != item.category {
      throw CallFailure(
        .invalidArgument, "other-category", field: "item.record",
        "记录的类别与信息的类别不同 / the record is of another category than the item")
    }
    item.outbound =
      item.from == here
      || DivisionCode(item.enteredAt).map(identity.division.contains) == true
    item.inbound = item.to == here
    item.occurred = message.occurred
    item.maskedName = Masking.name(message.subject?.name ?? "")
    item.maskedCitizenID = Masking.citizenID(message.subject?.citizenId ?? "")
    item.subjectKey = message.subject?.citizenId ?? ""
    if let origin {
      try checkOrigin(origin, event, item, now: now)
      try Entry.checkArrived(message, on: CivilDate(chinaDateOf: event.at), register: register)
    }
    switch try ledger.insert(item, entered: event) {
    case .known: return .known
    case .conflict:
      throw CallFailure(
        .alreadyExists, "other-content", field: "item.id",
        "该编号已有内容不同的信息 / an item of this identity is here with other content")
    case .new:
      try Registering(identity: identity).follow(event, item, in: ledger)
      return .recorded(told: try distribute(event, item, origin: origin, in: ledger))
    }
  }

  // MARK: What an event changes

  private func change(
    for event: StoredEvent, on item: StoredItem, in ledger: LedgerTransaction
  ) throws -> ItemChange {
    var change = ItemChange()
    if let state = ItemLife.step(of: event.kind).to {
      change.reached = ItemChange.Reached(state, at: event.at)
    }
    switch event.kind {
    case .submitted:
      let submission = try Submission(decoding: event.body)
      change.urgency = Int(submission.urgency.rawValue)
      change.submitted = submission.submitted
      change.due = submission.due
      change.feedbackRequired = submission.feedbackRequired
      change.cycle = submission.cycle
      change.profile = submission.profile
    case .assigned:
      let division = String(decoding: event.body, as: UTF8.self)
      try ItemLife.checkAssignment(to: division, by: event.actor.division)
      change.assignedTo = division
      if identity.kind == .township {
        change.inbound = DivisionCode(division).map(identity.division.contains) == true
      }
    case .answered:
      let answer = try Answer(decoding: event.body)
      let facts = try AnswerJudgement.facts(of: answer, to: item.id, in: ledger)
      try CallFailure.check(AnswerRules.failures(of: facts).map { .fails($0) })
      change.finding = Int(answer.finding.rawValue)
      change.substantiated = Substantiation.check(facts).isMet
    default: break
    }
    return change
  }

  /// S4.3: under a profile with working-day clocks, receipt starts one more; the earliest counts.
  ///
  /// Where the calendar does not reach that far, the side that receives is told before it does. What
  /// it has done stands at the other nodes all the same: their due date follows when their calendar
  /// does (S4.5).
  private func rulingAfterReceipt(
    _ event: StoredEvent, _ item: StoredItem, isOwn: Bool, in ledger: LedgerTransaction
  ) throws -> ItemRuling? {
    guard event.kind == .received, let profile = RuleProfile(name: item.profile),
      profile.hasWorkingDayClocks,
      let submitted = CivilDate(yyyymmdd: item.submitted),
      let body = try ledger.body(of: item.id, .entered),
      let facts = try Item(decoding: body).facts(
        submitted: submitted, received: CivilDate(chinaDateOf: event.at), profile: profile)
    else { return nil }
    do throws(RulingGap) {
      return try ItemRuling(of: facts, calendar: calendar)
    } catch {
      if isOwn { throw CallFailure(error) }
      return nil
    }
  }

  /// What this node does by itself when it has stored an event of a neighbour.
  private func consequence(
    of event: StoredEvent, _ item: StoredItem, origin: String?, now: Int64
  ) -> StoredEvent? {
    guard let origin else { return nil }
    switch (identity.kind, event.kind) {
    case (.province, .submitted), (.province, .relayed):
      return Relay(identity: identity, distribution: distribution)
        .next(after: event, item, origin: origin, now: now)
    // Of the provinces on the way, the last one hands it over.
    case (.county, .relayed)
    where item.to == "\(identity.division)" && event.actor.division == origin:
      return StoredEvent(
        id: LedgerID(version7At: now), item: event.item, kind: .delivered, at: now,
        actor: identity.actor)
    default: return nil
    }
  }

  // MARK: Neighbours

  private func distribute(
    _ event: StoredEvent, _ item: StoredItem, origin: String?, former: String = "",
    in ledger: LedgerTransaction
  ) throws -> Set<String> {
    var told: Set<String> = []
    let parcels = distribution.parcels(
      for: event.kind, of: item, origin: origin, former: former)
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

  /// A neighbour may tell only what its own side does, and only of an item on whose way it stands.
  private func checkOrigin(
    _ origin: String, _ event: StoredEvent, _ item: StoredItem, now: Int64
  ) throws(CallFailure) {
    let side = ItemLife.step(of: event.kind).side
    guard ItemLife.mayAct(event.kind, division: event.actor.division, on: item),
      let actor = DivisionCode(event.actor.division), let from = DivisionCode(origin),
      distribution.isOnTheWay(from, of: item, side),
      distribution.uplinks.contains(from)
        ? !identity.division.contains(actor) || identity.kind == .township : from.contains(actor)
    else { throw .notYours(origin, event.kind) }
    guard event.at > 0, event.at <= now + EventBook.clockToleranceMilliseconds else {
      throw CallFailure(
        .invalidArgument, "time-out-of-range", field: "event.at",
        "the event is of a time that has not come; set the clock of \(origin)")
    }
  }

  /// How far a neighbour's clock may be ahead, in milliseconds: an hour.
  static let clockToleranceMilliseconds: Int64 = 3_600_000
}

extension CallFailure {
  fileprivate static func notYours(_ origin: String, _ kind: StoredEvent.Kind) -> CallFailure {
    CallFailure(
      .permissionDenied, "wrong-division", field: "event.actor.division",
      "\(origin) may not tell of \(kind) for this item")
  }
}
