internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

/// What an event makes of its item at a node.
struct Folded {
  /// The item's columns with the event.
  var item: StoredItem
  /// Why the event has no effect; nil where it has.
  var failure: RuleFailure?
  /// The answer that counts, before the rules; nil where the fold has met none.
  var answer: AnswerFacts?
  /// The clock that a receipt starts (S4.3), as far as the calendar reaches.
  var clock: ItemRuling?
  /// The events that have effect by this one, in order: mostly itself; also those that waited for it.
  var begun: [DetailedEvent] = []
  /// The events that have no effect any more by this one, in order.
  var ended: [DetailedEvent] = []
}

/// Folds events into the columns of their item.
///
/// An event that follows all that is known is judged by how the item stands; only where events did
/// not know of each other, or something is missing, the whole history is read and folded anew.
struct EventFolding {
  let identity: NodeIdentity
  let calendar: WorkingCalendar
  let register: DivisionRegister

  /// Folds an event into its item.
  ///
  /// - Parameters:
  ///   - event: What is to be written.
  ///   - item: The item as it stands without it.
  ///   - dossier: What is here of the item.
  /// - Returns: What it makes of the item.
  /// - Throws: `MessageRefusal` for damaged bytes; what is wrong with the ledger.
  func fold(
    _ event: DetailedEvent, into item: StoredItem, _ dossier: ItemDossier
  ) throws -> Folded {
    // An answer is judged by the searches that count, what is taken back undoes another event, and a
    // decision is one on what was asked: only the history tells.
    let kind = event.stored.kind
    let needsHistory = kind == .answered || kind == .takenBack || kind.isOfRight
    if !needsHistory, !item.heads.isEmpty, event.stored.follows == item.heads {
      return try append(event, to: item, dossier)
    }
    return try refold(with: event, item, dossier)
  }

  /// The history of an item as it is here.
  func history(of item: StoredItem, _ dossier: ItemDossier) throws -> ItemHistory {
    try history(of: item, among: events(from: dossier.events()), dossier)
  }

  /// What is to be said of an item's events: why one has no effect, and where a claim is not what
  /// follows from the facts.
  func remarks(
    on item: StoredItem, _ events: [StoredEvent], _ dossier: ItemDossier
  ) throws -> [EventRemark] {
    let events = try self.events(from: events)
    let history = try history(of: item, among: events, dossier)
    return try history.events.compactMap { place in
      guard let event = events[place.digest] else { return nil }
      if let failure = history.verdicts[place.digest]?.failure {
        return EventRemark(event.stored.id, counts: false, failure)
      }
      guard case .submitted(let claim)? = event.detail,
        let ruling = try ItemFacts.ruling(of: claim, dossier, calendar),
        let failure = ruling.difference(from: claim)
      else { return nil }
      return EventRemark(event.stored.id, counts: true, failure)
    }
  }

  private func append(
    _ event: DetailedEvent, to item: StoredItem, _ dossier: ItemDossier
  ) throws -> Folded {
    var folded = Folded(item: item)
    folded.item.heads = [event.digest]
    folded.failure =
      ItemLife.check(HistoryEvent(event), as: item.standing, between: item.parties)
      ?? law(event, nil)
    if folded.failure == nil {
      try apply(event, nil, to: &folded, dossier)
      folded.begun = [event]
    } else if isToBeLookedAt(event.stored.kind, by: event.stored.actor.division) {
      folded.item.withoutEffect += 1
    }
    return folded
  }

  /// The item from its entry on, each event that counts in its turn.
  private func refold(
    with event: DetailedEvent, _ item: StoredItem, _ dossier: ItemDossier
  ) throws -> Folded {
    var events = try events(from: dossier.events())
    let before = try history(of: item, among: events, dossier)
    events[event.digest] = event
    let history = try history(of: item, among: events, dossier)
    var folded = Folded(item: item)
    folded.item.returnToEntry(at: identity)
    var steps: [ExchangeRules.SearchStep] = []
    for place in history.events where history.verdicts[place.digest] == .counts {
      guard let one = events[place.digest] else { continue }
      if let step = try dossier.step(of: one.stored) { steps.append(step) }
      let answer = try answer(one, to: folded.item, after: steps, dossier)
      try apply(one, answer, to: &folded, dossier)
      if let clock = folded.clock { folded.item.due = clock.due.yyyymmdd }
    }
    folded.item.takenFrom = takenFrom(in: history)
    folded.item.take(history.rights(between: item.parties), at: identity)
    // The clock of an earlier receipt runs already.
    if event.stored.kind != .received { folded.clock = nil }
    folded.failure = history.verdicts[event.digest]?.failure
    for place in history.events {
      let (counted, counts) = (
        before.verdicts[place.digest] == .counts, history.verdicts[place.digest] == .counts
      )
      guard counted != counts, let one = events[place.digest] else { continue }
      if counts { folded.begun.append(one) } else { folded.ended.append(one) }
    }
    folded.item.heads = history.isComplete ? history.heads : []
    // What somebody has looked at already is not new.
    folded.item.withoutEffect = max(
      0, item.withoutEffect + actsToBeLookedAt(in: history) - actsToBeLookedAt(in: before))
    return folded
  }

  /// To whom an assignment gave the item that was taken back, or with it the item, none that counts
  /// being behind it.
  private func takenFrom(in history: ItemHistory) -> String {
    var place = ""
    for event in history.events where event.kind == .assigned {
      switch history.verdicts[event.digest] {
      case .counts: place = ""
      case .hasNoEffect(let failure) where [.takenBack, .withdrawn].contains(failure.cause):
        place = event.assignedTo
      case .hasNoEffect, nil: break
      }
    }
    return place
  }

  private func history(
    of item: StoredItem, among events: [EventDigest: DetailedEvent], _ dossier: ItemDossier
  ) throws -> ItemHistory {
    try ItemHistory(
      of: events.values.map { HistoryEvent($0) }, between: item.parties
    ) { event, seen in
      guard let detailed = events[event.digest] else { return nil }
      guard event.kind == .answered else { return law(detailed, nil) }
      let steps = try seen.compactMap { past in
        try events[past.digest].flatMap { try dossier.step(of: $0.stored) }
      }
      return law(detailed, try answer(detailed, to: item, after: steps, dossier))
    }
  }

  private func events(
    from stored: [StoredEvent]
  ) throws -> [EventDigest: DetailedEvent] {
    let events = try stored.map { DetailedEvent($0, try $0.message().detail) }
    return Dictionary(events.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// An answer before the rules; nil for events of other kinds.
  private func answer(
    _ event: DetailedEvent, to item: StoredItem, after steps: [ExchangeRules.SearchStep],
    _ dossier: ItemDossier
  ) throws -> AnswerFacts? {
    guard case .answered(let answer)? = event.detail else { return nil }
    return try AnswerJudgement.facts(of: answer, to: item, after: steps, dossier)
  }

  /// What the rules ask of an event beside its place in the item's life.
  private func law(_ event: DetailedEvent, _ answer: AnswerFacts?) -> RuleFailure? {
    if case .assigned(let place)? = event.detail {
      return ItemLife.checkAssignment(
        to: place, by: event.stored.actor.division, register: register
      ).failure
    }
    return answer.flatMap { AnswerRules.failures(ofArrived: $0).first }
  }

  // MARK: What an event changes that counts

  private func apply(
    _ event: DetailedEvent, _ answer: AnswerFacts?, to folded: inout Folded,
    _ dossier: ItemDossier
  ) throws {
    var change = ItemChange()
    if let state = event.stored.kind.rule.next {
      change.reached = ItemChange.Reached(state, at: event.stored.at)
    }
    switch event.detail {
    case .submitted(let submission):
      try self.submit(submission, &change, dossier)
    case .assigned(let division):
      change.assignedTo = division
      folded.item.takenFrom = ""
      if identity.kind == .township { change.inbound = identity.covers(division) }
    case .answered(let message):
      folded.answer = answer
      change.finding = message.finding
      change.substantiated = answer.map { Substantiation.check($0).isMet }
    case .takenBack(let taking):
      if try dossier.entered()?.event.digest.bytes == taking.event {
        change.reached = ItemChange.Reached(.withdrawn, at: event.stored.at)
      }
    default: break
    }
    change.apply(to: &folded.item)
    if event.stored.kind == .received { try startClock(at: event.stored.at, &folded, dossier) }
  }

  /// What follows from the rules is computed here, and not believed (S4): only the day and the
  /// profile are the asking county's to say.
  ///
  /// Where they cannot be computed, what the county says stands.
  private func submit(
    _ submission: Submission, _ change: inout ItemChange, _ dossier: ItemDossier
  ) throws {
    change.submitted = submission.submitted
    change.profile = submission.profile
    guard let ruling = try ItemFacts.ruling(of: submission, dossier, calendar) else {
      change.urgency = submission.urgency
      change.due = submission.due
      change.feedbackRequired = submission.feedbackRequired
      change.cycle = submission.cycle
      return
    }
    change.urgency = ruling.urgency
    change.due = ruling.due.yyyymmdd
    change.feedbackRequired = ruling.response == .feedback
    change.cycle = "\(ruling.submissionCycle)"
  }

  /// S4.3: under a profile with working-day clocks, receipt starts one more; the earliest counts.
  ///
  /// Where the calendar does not reach that far the other clocks hold, and nobody is stopped: the
  /// date follows when the calendar does (S4.5).
  private func startClock(
    at time: Int64, _ folded: inout Folded, _ dossier: ItemDossier
  ) throws {
    guard let profile = RuleProfile(name: folded.item.profile), profile.hasWorkingDayClocks,
      let submitted = CivilDate(yyyymmdd: folded.item.submitted),
      let facts = try dossier.entered()?.item.facts(
        submitted: submitted, received: CivilDate(chinaDateOf: time), profile: profile)
    else { return }
    folded.clock = try? ItemRuling(asFarAsKnown: facts, calendar: calendar)
  }

  /// S6.4: the household place searches in the order of the rule.
  func checkOrder(
    of step: ExchangeProtos.SearchStep, _ item: StoredItem, _ dossier: ItemDossier
  ) throws {
    guard let next = step.source, try dossier.answeringSide(of: item) == .household else { return }
    let steps = try dossier.events().compactMap { try dossier.step(of: $0) }
    try CallFailure.check([SearchOrder.check(next: next, after: steps)])
  }

  /// Whether an act is an operator's of this node's side: what nodes do by themselves nobody waits
  /// for.
  private func isToBeLookedAt(_ kind: EventKind, by division: String) -> Bool {
    kind.rule.side != .relay && kind != .delivered && identity.covers(division)
  }

  /// How many acts of this node's side have no effect, how many steps others have taken back, and how
  /// many of its requests others have decided on.
  ///
  /// Of searches only who took them back need know: an answer that rested on one tells of itself.
  private func actsToBeLookedAt(in history: ItemHistory) -> Int {
    let searches = Set(history.events.filter { $0.kind == .searched }.map(\.digest))
    let asked = Set(
      history.events.filter { $0.kind == .rightAsked && identity.covers($0.division) }
        .map(\.digest))
    return history.events.count { event in
      guard let failure = history.verdicts[event.digest]?.failure else {
        if case .decides(let request, _, _)? = event.right {
          return asked.contains(request) && !identity.covers(event.division)
        }
        guard let target = event.takesBack, identity.kind != .province else { return false }
        return !searches.contains(target) && !identity.covers(event.division)
      }
      let isNews = failure.cause != .waitsForEarlier && failure.cause != .takenBack
      return isNews && isToBeLookedAt(event.kind, by: event.division)
    }
  }
}

extension ItemFacts {
  /// What the rules say of a submission by the facts, as far as the calendar reaches; nil where the
  /// profile is not known here.
  fileprivate static func ruling(
    of submission: Submission, _ dossier: ItemDossier, _ calendar: WorkingCalendar
  ) throws -> ItemRuling? {
    guard let profile = RuleProfile(name: submission.profile),
      let submitted = CivilDate(yyyymmdd: submission.submitted),
      let facts = try dossier.entered()?.item.facts(
        submitted: submitted, received: nil, profile: profile)
    else { return nil }
    return try? ItemRuling(asFarAsKnown: facts, calendar: calendar)
  }
}

extension ItemRuling {
  /// What the asking county claims that does not follow from the facts; nil where all does.
  fileprivate func difference(from claim: Submission) -> RuleFailure? {
    let isSame =
      claim.urgency == urgency && claim.due == due.yyyymmdd
      && claim.feedbackRequired == (response == .feedback) && claim.cycle == "\(submissionCycle)"
    if isSame { return nil }
    return RuleFailure(
      rule: "S4.5", field: "submission", reason: .claimDiffers,
      chinese: "提交方填报的期限为 \(claim.due)、周期为 \(claim.cycle)；按规则应为 "
        + "\(due.yyyymmdd)、\(submissionCycle)，以规则为准",
      english:
        "the asking county claims due \(claim.due), cycle \(claim.cycle); by the rules it is "
        + "\(due.yyyymmdd), \(submissionCycle), and that counts")
  }
}

extension EventRemark {
  fileprivate init(_ event: LedgerID, counts: Bool, _ failure: RuleFailure) {
    self.init()
    eventId = event.bytes
    self.counts = counts
    reason = failure.cause.rawValue
    text = CallFailure.text(of: [failure])
  }
}

extension HistoryEvent {
  /// An event as the history of its item sees it.
  init(_ event: DetailedEvent) {
    let stored = event.stored
    var (place, target) = ("", EventDigest?.none)
    switch event.detail {
    case .assigned(let division): place = division
    case .takenBack(let taking): target = EventDigest(taking.event)
    default: break
    }
    self.init(
      digest: event.digest, follows: stored.follows, kind: stored.kind,
      division: stored.actor.division, assignedTo: place, takesBack: target,
      right: HistoryEvent.right(event),
      at: stored.at)
  }
}

extension StoredItem {
  /// How the item stands.
  var standing: ItemStanding { ItemStanding(state: state, assignedTo: assignedTo) }

  /// Between whom it is exchanged, and what it asks for (S4).
  var parties: ItemParties {
    ItemParties(
      from: from, to: to,
      feedbackRequired: ItemRuling.response(to: kind, category) == .feedback)
  }

  /// As it was when it was entered: what its events have made of it is gone.
  ///
  /// A township's node is given it by an assignment alone.
  fileprivate mutating func returnToEntry(at identity: NodeIdentity) {
    var entry = StoredItem(
      id: id, kind: kind, category: category, from: from, to: to, enteredAt: enteredAt)
    entry.inbound = identity.kind != .township && inbound
    entry.outbound = outbound
    entry.occurred = occurred
    entry.askedAt = askedAt
    entry.maskedName = maskedName
    entry.maskedCitizenID = maskedCitizenID
    entry.subjectKey = subjectKey
    self = entry
  }
}
