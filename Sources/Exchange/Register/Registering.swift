internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Keeps what items and answers bring in the register, each change a version with who wrote it, when
/// it came and with which item (S7, S12.1).
///
/// It works in the transaction of the event. An item is registered where it is entered, at its
/// county, and on receipt at the other side's county; given to a township, there too. The province
/// only relays and keeps no register. The same content again is no version.
///
/// Who is known here already changes by those that manage her alone: what an item that was not sent,
/// a sibling township or another county says of her stays a claim (``Claims``).
struct Registering {
  /// The item as its author wrote it, and the event that brought it.
  typealias Entry = (event: StoredEvent, item: Item)

  let identity: NodeIdentity
  let ledger: LedgerTransaction

  /// What follows in the register from an event that is now stored.
  ///
  /// - `event`: The event.
  /// - `item`: The item as the event has left it.
  /// - `entered`: How the item was entered; asked for only where it is needed.
  func follow(
    _ event: DetailedEvent, _ item: StoredItem, entered: () throws -> Entry?
  ) throws {
    let stored = event.stored
    switch event.detail {
    case .entered(let message) where item.outbound:
      try register((stored, message), at: stored.at, .draft)
    case .submitted where item.outbound:
      guard let entered = try entered() else { return }
      try register(entered, at: stored.at, .sent)
    case .assigned where identity.kind == .township && item.inbound:
      guard let entered = try entered() else { return }
      try register(entered, at: stored.at, .told)
    case .answered(let answer):
      guard let entered = try entered() else { return }
      try keep(answer, of: stored, to: entered.item)
    case .takenBack(let taking) where item.state == .withdrawn:
      guard let entered = try entered() else { return }
      try withdraw(entered, item, because: stored, taking.reason)
    case .rightDecided(let decision) where identity.isServed(by: stored.actor.division):
      guard let entered = try entered() else { return }
      try Correcting(ledger: ledger).correct(by: decision, stored, entered.item)
    case nil where stored.kind == .received && item.to == here:
      guard let entered = try entered() else { return }
      let isRegistered = try register(entered, at: stored.at, .told)
      try open(entered, stored, isRegistered: isRegistered)
    default: return
    }
  }

  /// What an event had brought that has no effect any more.
  ///
  /// - `cause`: The event by which it has none.
  func retract(
    _ event: DetailedEvent, _ item: StoredItem, because cause: StoredEvent,
    entered: () throws -> Entry?
  ) throws {
    guard case .answered = event.detail, let entered = try entered(),
      let subject = entered.item.subject
    else { return }
    let key = try PersonLookup.find(subject, of: item.id, in: ledger).key
    for version in try ledger.records(of: key) where version.isOf(event.stored) {
      try withdraw(version, told: nil, because: cause)
    }
    try undecide(key, of: event.stored, because: cause)
  }

  private var here: String { "\(identity.division)" }

  // MARK: Versions

  /// Keeps the person's facts and the item's record; whether she was registered here before.
  @discardableResult
  private func register(_ entered: Entry, at time: Int64, _ telling: Telling) throws -> Bool {
    guard let subject = entered.item.subject else { return false }
    let source = entered.event
    let (key, card) = try PersonLookup.find(subject, of: source.item, in: ledger)
    if let facts = try facts(subject, over: card, from: source, telling) {
      try add(
        RecordVersion(
          record: card?.record ?? LedgerID(version7At: time), subjectKey: key,
          category: PersonCard.category, at: time, actor: source.actor, sourceItem: source.item,
          body: facts.encoded()), over: card, told: source)
    }
    try keep(entered.item.record, of: key, from: source, at: time, telling)
    return card != nil
  }

  /// What her card is to say by what an item says of her; nil: as it is, the rest being a claim.
  private func facts(
    _ subject: Subject, over card: RecordVersion?, from source: StoredEvent, _ telling: Telling
  ) throws -> Subject? {
    if let card, telling == .sent, try isKept(card, from: source.item) { return nil }
    guard let card, try !isTheirs(card, source, telling) else { return subject }
    guard telling == .sent else { return nil }
    var facts = try Subject(decoding: card.body)
    let managed = SubjectField.allCases.filter { field in
      facts.isManaged(field.side, by: source.actor.division)
    }
    if managed.isEmpty { return nil }
    for field in managed { facts.take(field, from: subject) }
    return facts
  }

  /// How an item comes into the register.
  private enum Telling {
    /// It was entered here, and not sent.
    case draft
    /// It was sent from here.
    case sent
    /// Another county has told it.
    case told
  }

  /// Whether a version is of those that tell now: all that is known so far is their own claim.
  private func isTheirs(
    _ version: RecordVersion, _ source: StoredEvent, _ telling: Telling
  ) throws -> Bool {
    let (before, now) = (version.actor.division, source.actor.division)
    switch telling {
    case .draft:
      let item = try version.sourceItem.flatMap { try ledger.item($0) }
      return before == now && item?.state == .entered
    case .sent: return before == now
    case .told: return DivisionCode(before)?.county == DivisionCode(now)?.county
    }
  }

  /// Whether a record has a version of an item already: of what was kept when it was entered.
  private func isKept(_ version: RecordVersion, from item: LedgerID) throws -> Bool {
    try ledger.history(of: version.record).contains { $0.sourceItem == item }
  }

  /// - `telling`: nil: an answer, by who manages what it sends back.
  private func keep(
    _ record: Record?, of key: String, from event: StoredEvent, at time: Int64,
    _ telling: Telling? = nil
  ) throws {
    guard let record, let message = record.message,
      let category = Category(rawValue: type(of: message).category)
    else { return }
    let values = message.ruleValues
    let known = try ledger.records(of: key, category: category.rawValue).first { version in
      guard let other = try Record(decoding: version.body).message else { return false }
      return RecordIdentity.isSame(other.ruleValues, values, in: category)
    }
    if let known, let telling {
      if telling == .sent, try isKept(known, from: event.item) { return }
      if try !isTheirs(known, event, telling) { return }
    }
    try add(
      RecordVersion(
        record: known?.record ?? LedgerID(version7At: time), subjectKey: known?.subjectKey ?? key,
        category: category.rawValue, at: time, actor: event.actor, sourceItem: event.item,
        body: record.encoded()), over: known, told: event)
  }

  /// Adds a version.
  ///
  /// Items can be received in another order than they were written in: one that is older than what
  /// is here is kept, and what is newer stands again as the version after it.
  private func add(
    _ version: RecordVersion, over current: RecordVersion?, told event: StoredEvent
  ) throws {
    guard let current else { return try ledger.keep(first: version) }
    var newer = current
    guard case .new = try ledger.keep(version), let source = newer.sourceItem,
      source != event.item, let other = try ledger.event(of: source, .entered),
      event.at < other.at
    else { return }
    newer.at = version.at
    if newer.note != VersionNote.accepted.rawValue { newer.note = VersionNote.reordered.rawValue }
    _ = try ledger.keep(newer)
  }

  private func keep(_ answer: Answer, of event: StoredEvent, to asked: Item) throws {
    guard let subject = asked.subject else { return }
    let key = try PersonLookup.find(subject, of: event.item, in: ledger).key
    try keep(answer.record, of: key, from: event, at: event.at)
    if let decision = answer.finding.map(CaseConfirmation.init(answering:)) {
      try decide(decision, of: key, asked, event)
    }
  }

  // MARK: What was taken back

  /// The item was withdrawn: what its entry had brought no longer stands.
  private func withdraw(
    _ entered: Entry, _ item: StoredItem, because cause: StoredEvent, _ reason: String
  ) throws {
    guard let subject = entered.item.subject else { return }
    let (key, _) = try PersonLookup.find(subject, of: item.id, in: ledger)
    let others = try entries(besides: item)
    for version in try ledger.records(of: key) where try rests(version, on: item, entered) {
      let other = try others.compactMap { try $0.item.body(in: version) }.first
      try withdraw(version, told: other, because: cause)
    }
    let steps = try ledger.confirmations(of: key)
    if identity.kind == .county, let last = steps.last, last.item == item.id,
      last.state == CaseConfirmation.awaited.rawValue
    {
      try ledger.add(
        StoredConfirmation(
          subjectKey: key, state: CaseConfirmation.notNeeded.rawValue, at: cause.at,
          actor: cause.actor, item: item.id, note: reason))
    }
  }

  /// Whether a version is what an item's entry has brought, has taken over something of it, or has taken
  /// something over into what it brought.
  private func rests(_ version: RecordVersion, on item: StoredItem, _ entered: Entry) throws -> Bool
  {
    func isBrought(_ version: RecordVersion) -> Bool {
      version.sourceItem == item.id && version.actor == entered.event.actor
    }
    guard version.note == VersionNote.accepted.rawValue else { return isBrought(version) }
    let base = try ledger.history(of: version.record).last {
      $0.version < version.version && $0.note != VersionNote.accepted.rawValue
    }
    return version.sourceItem == item.id || base.map(isBrought) == true
  }

  /// The version before it stands again, else what another item tells; where there is neither, the
  /// record no longer counts.
  private func withdraw(
    _ version: RecordVersion, told other: [UInt8]?, because cause: StoredEvent
  ) throws {
    let earlier = try ledger.history(of: version.record).reversed()
      .first { try $0.version < version.version && !$0.isWithdrawn && stands($0, without: cause) }
    var next = earlier ?? version
    next.at = cause.at
    next.note = VersionNote.takenBack.rawValue
    if earlier == nil {
      next.actor = cause.actor
      if let other { next.body = other } else { next.isWithdrawn = true }
    }
    _ = try ledger.keep(next)
  }

  /// Whether what brought a version has not been taken back.
  private func stands(_ version: RecordVersion, without cause: StoredEvent) throws -> Bool {
    guard let source = version.sourceItem, let item = try ledger.item(source) else { return true }
    let events = try ledger.events(of: source)
    guard let answer = events.first(where: { $0.kind == .answered && version.isOf($0) }) else {
      return item.state != .withdrawn && (source != cause.item || version.actor != cause.actor)
    }
    return try !events.contains { try $0.takesBack() == answer.digest.bytes }
  }

  /// The other items here about the same person that still stand, the newest first.
  private func entries(besides item: StoredItem) throws -> [Entry] {
    if item.subjectKey.isEmpty { return [] }
    return try ledger.items(ItemQuery(.all, subjectKey: item.subjectKey)).map(\.item)
      .filter { other in
        let isRegistered = other.outbound || other.times.received != 0
        return other.id != item.id && other.state != .withdrawn && isRegistered
      }
      .compactMap { other -> Entry? in
        guard let event = try ledger.event(of: other.id, .entered) else { return nil }
        return (event, try Item(decoding: event.body))
      }
      .sorted { $0.event.at > $1.event.at }
  }

  /// A case that an answer decided waits again.
  private func undecide(
    _ key: String, of answer: StoredEvent, because cause: StoredEvent
  ) throws {
    guard let last = try ledger.confirmations(of: key).last, last.item == answer.item,
      last.at == answer.at, last.actor == answer.actor
    else { return }
    try ledger.add(
      StoredConfirmation(
        subjectKey: key, state: CaseConfirmation.awaited.rawValue, at: cause.at,
        actor: cause.actor, item: answer.item,
        note: VersionNote.takenBack.rawValue))
  }

  // MARK: Confirmation (S7.1)

  /// A case that the place of residence opened awaits the household place.
  private func open(
    _ entered: Entry, _ received: StoredEvent, isRegistered: Bool
  ) throws {
    let item = entered.item
    guard let subject = item.subject, identity.kind == .county else { return }
    let opener: ExchangeSide =
      item.residenceCounty.map { "\($0)" } == item.from
      ? .residence : .household
    let state = CaseConfirmation.opening(by: opener, isRegisteredAtHousehold: isRegistered)
    guard state == .awaited else { return }
    try ledger.add(
      StoredConfirmation(
        subjectKey: try PersonLookup.find(subject, of: received.item, in: ledger).key,
        state: state.rawValue, at: received.at, actor: entered.event.actor, item: received.item))
  }

  /// The household place's answer decides a case that waits: she is known there, or she is not.
  private func decide(
    _ decision: CaseConfirmation, of key: String, _ item: Item, _ event: StoredEvent
  ) throws {
    guard identity.kind == .county, item.to == here else { return }
    let side: ExchangeSide = item.householdCounty.map { "\($0)" } == here ? .household : .residence
    let state = try ledger.confirmation(of: key)
    guard state.check(decisionBy: side).isMet else { return }
    try ledger.add(
      StoredConfirmation(
        subjectKey: key, state: decision.rawValue, at: event.at, actor: event.actor,
        item: event.item, note: VersionNote.answered.rawValue))
  }
}

extension RecordVersion {
  /// Whether an answer has brought it.
  fileprivate func isOf(_ answer: StoredEvent) -> Bool {
    sourceItem == answer.item && actor == answer.actor && at == answer.at
  }
}

extension Item {
  /// What the item tells of the record of a version, as the register keeps it; nil: nothing.
  fileprivate func body(in version: RecordVersion) throws -> [UInt8]? {
    guard version.category != PersonCard.category else { return subject?.encoded() }
    guard let record, let message = record.message,
      let category = Category(rawValue: version.category),
      type(of: message).category == version.category,
      let other = try Record(decoding: version.body).message,
      RecordIdentity.isSame(other.ruleValues, message.ruleValues, in: category)
    else { return nil }
    return record.encoded()
  }
}

extension CaseConfirmation {
  /// What an answer of the household place says of a case that waits.
  fileprivate init(answering finding: Finding) {
    switch finding {
    case .found, .mismatch: self = .confirmed
    case .notFound: self = .refused
    }
  }
}

extension LedgerReader {
  /// How a person's case stands.
  func confirmation(of key: String) throws -> CaseConfirmation {
    try confirmations(of: key).last.flatMap { CaseConfirmation(rawValue: $0.state) } ?? .notNeeded
  }
}
