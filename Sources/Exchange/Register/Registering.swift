internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Keeps what items and answers bring in the register, each change a version with who wrote it, when
/// it came and with which item (S7, S12.1).
///
/// It works in the transaction of the event. An item is registered where it is entered, at its
/// county, and on receipt at the other side's county; given to a township, there too. The province
/// only relays and keeps no register. The same content again is no version.
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
      try register((stored, message), at: stored.at)
    case .assigned where identity.kind == .township && item.inbound:
      guard let entered = try entered() else { return }
      try register(entered, at: stored.at)
    case .answered(let answer):
      guard let entered = try entered() else { return }
      try keep(answer, of: stored, to: entered.item)
    case nil where stored.kind == .received && item.to == here:
      guard let entered = try entered() else { return }
      let isRegistered = try register(entered, at: stored.at)
      try open(entered, stored, isRegistered: isRegistered)
    default: return
    }
  }

  private var here: String { "\(identity.division)" }

  // MARK: Versions

  /// Keeps the person's facts and the item's record; whether she was registered here before.
  @discardableResult
  private func register(_ entered: Entry, at time: Int64) throws -> Bool {
    guard let subject = entered.item.subject else { return false }
    let source = entered.event
    let (key, card) = try PersonLookup.find(subject, of: source.item, in: ledger)
    try add(
      RecordVersion(
        record: card?.record ?? LedgerID(version7At: time), subjectKey: key,
        category: PersonCard.category, at: time, actor: source.actor, sourceItem: source.item,
        body: subject.encoded()), over: card, told: source)
    try keep(entered.item.record, of: key, from: source, at: time)
    return card != nil
  }

  private func keep(
    _ record: Record?, of key: String, from event: StoredEvent, at time: Int64
  ) throws {
    guard let record, let message = record.message,
      let category = Category(rawValue: type(of: message).category)
    else { return }
    let values = message.ruleValues
    let known = try ledger.records(of: key, category: category.rawValue).first { version in
      guard let other = try Record(decoding: version.body).message else { return false }
      return RecordIdentity.isSame(other.ruleValues, values, in: category)
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
    let outcome = try ledger.keep(version)
    guard case .new = outcome, var newer = current, let source = newer.sourceItem,
      source != event.item, let other = try ledger.event(of: source, .entered),
      event.at < other.at
    else { return }
    newer.at = version.at
    newer.note = "newer than the version before"
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
        item: event.item, note: "answered"))
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
