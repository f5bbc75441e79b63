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
  let identity: NodeIdentity

  /// What follows in the register from an event that is now stored.
  func follow(_ event: StoredEvent, _ item: StoredItem, in ledger: LedgerTransaction) throws {
    guard identity.kind != .province else { return }
    switch event.kind {
    case .entered where item.outbound:
      try register(event, at: event.at, in: ledger)
    case .received where item.to == here:
      guard let entered = try entered(item, in: ledger) else { return }
      let isRegistered = try register(entered, at: event.at, in: ledger)
      try open(entered, event, isRegistered: isRegistered, in: ledger)
    case .assigned where identity.kind == .township && item.inbound:
      guard let entered = try entered(item, in: ledger) else { return }
      try register(entered, at: event.at, in: ledger)
    case .answered:
      try answer(event, item, in: ledger)
    default: return
    }
  }

  private var here: String { "\(identity.division)" }

  private func entered(_ item: StoredItem, in ledger: LedgerReader) throws -> StoredEvent? {
    try ledger.events(of: item.id).first { $0.kind == .entered }
  }

  // MARK: Versions

  /// Keeps the person's facts and the item's record; whether she was registered here before.
  @discardableResult
  private func register(
    _ entered: StoredEvent, at time: Int64, in ledger: LedgerTransaction
  ) throws -> Bool {
    let item = try Item(decoding: entered.body)
    guard let subject = item.subject else { return false }
    let (key, card) = try PersonLookup.find(subject, of: entered.item, in: ledger)
    try add(
      RecordVersion(
        record: card?.record ?? LedgerID(version7At: time), subjectKey: key,
        category: PersonCard.category, at: time, actor: entered.actor, sourceItem: entered.item,
        body: subject.encoded()), over: card, told: entered, in: ledger)
    try keep(item.record, of: key, from: entered, at: time, in: ledger)
    return card != nil
  }

  private func keep(
    _ record: Record?, of key: String, from event: StoredEvent, at time: Int64,
    in ledger: LedgerTransaction
  ) throws {
    guard let record, let message = record.message,
      let category = ExchangeRules.Category(rawValue: type(of: message).category)
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
        body: record.encoded()), over: known, told: event, in: ledger)
  }

  /// Adds a version.
  ///
  /// Items can be received in another order than they were written in: one that is older than what
  /// is here is kept, and what is newer stands again as the version after it.
  private func add(
    _ version: RecordVersion, over current: RecordVersion?, told event: StoredEvent,
    in ledger: LedgerTransaction
  ) throws {
    let outcome = try ledger.keep(version)
    guard case .new = outcome, var newer = current, let source = newer.sourceItem,
      source != event.item,
      let other = try ledger.events(of: source).first(where: { $0.kind == .entered }),
      event.at < other.at
    else { return }
    newer.at = version.at
    newer.note = "newer than the version before"
    _ = try ledger.keep(newer)
  }

  private func answer(
    _ event: StoredEvent, _ item: StoredItem, in ledger: LedgerTransaction
  ) throws {
    guard let entered = try entered(item, in: ledger) else { return }
    let answer = try Answer(decoding: event.body)
    let asked = try Item(decoding: entered.body)
    guard let subject = asked.subject else { return }
    let key = try PersonLookup.find(subject, of: item.id, in: ledger).key
    try keep(answer.record, of: key, from: event, at: event.at, in: ledger)
    let finding = ExchangeRules.Finding(rawValue: Int(answer.finding.rawValue))
    if let decision = finding.flatMap(CaseConfirmation.init(answering:)) {
      try decide(decision, of: key, asked, event, in: ledger)
    }
  }

  // MARK: Confirmation (S7.1)

  /// A case that the place of residence opened awaits the household place.
  private func open(
    _ entered: StoredEvent, _ received: StoredEvent, isRegistered: Bool,
    in ledger: LedgerTransaction
  ) throws {
    let item = try Item(decoding: entered.body)
    guard let subject = item.subject, identity.kind == .county else { return }
    let opener: ExchangeSide =
      item.residenceCounty.map { "\($0)" } == item.from
      ? .residence : .household
    let state = CaseConfirmation.opening(by: opener, isRegisteredAtHousehold: isRegistered)
    guard state == .awaited else { return }
    try ledger.add(
      StoredConfirmation(
        subjectKey: try PersonLookup.find(subject, of: entered.item, in: ledger).key,
        state: state.rawValue, at: received.at, actor: entered.actor, item: entered.item))
  }

  /// The household place's answer decides a case that waits: she is known there, or she is not.
  private func decide(
    _ decision: CaseConfirmation, of key: String, _ item: Item, _ event: StoredEvent,
    in ledger: LedgerTransaction
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
  fileprivate init?(answering finding: ExchangeRules.Finding) {
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
