import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport

/// Writes lives into a province's ledger as the exchange would have: each event behind the one
/// before, and the item's columns as they follow from all of them.
struct HistoryWriter {
  private var numbers: SeededNumbers

  private static let hour: Int64 = 3_600_000
  private static let minute: Int64 = 60_000

  init(seed: UInt64) {
    numbers = SeededNumbers(seed: seed ^ 0x6964_73)
  }

  /// An item with its events, to be stored.
  struct History: Sendable {
    var item: StoredItem
    var events: [StoredEvent]
    /// What each event is called.
    var digests: [EventDigest]
  }

  /// The history of a life; also when something happened within a day is drawn.
  mutating func history(of life: Life) -> History {
    let entered = moment(life.submitted, 9 * Self.hour)
    let id = LedgerID(version7At: entered, using: &numbers)
    let message = life.message(id.bytes)
    var chain = Chain(item: id)
    let asking = actor(life.from, .countyOperator, "county")
    add(.entered, entered, asking, .entered(message), to: &chain)
    add(.submitted, entered + 20 * Self.minute, asking, .submitted(life.submission), to: &chain)
    relay(life, at: entered + 21 * Self.minute, to: &chain)
    if let received = life.received {
      receive(life, on: received, to: &chain)
      answer(life, to: &chain)
    }
    if let closed = life.closed {
      let last = chain.events.last?.at ?? 0
      let at = max(moment(closed, 17 * Self.hour), last + Self.minute)
      add(.closed, at, asking, nil, to: &chain)
    }
    return History(
      item: columns(of: life, message, chain), events: chain.events, digests: chain.digests)
  }

  // MARK: Events

  private struct Chain {
    let item: LedgerID
    var events: [StoredEvent] = []
    var digests: [EventDigest] = []
  }

  private mutating func add(
    _ kind: EventKind, _ at: Int64, _ actor: LedgerActor, _ detail: ItemEvent.Detail?,
    to chain: inout Chain
  ) {
    var event = StoredEvent(
      id: LedgerID(version7At: at, using: &numbers), item: chain.item, kind: kind, at: at,
      actor: actor, body: detail?.content ?? [])
    event.follows = Array(chain.digests.suffix(1))
    chain.digests.append(event.digest)
    chain.events.append(event)
  }

  /// The province of the asking county, then that of the asked one, hand it on.
  private mutating func relay(_ life: Life, at time: Int64, to chain: inout Chain) {
    let provinces = [life.from.province, life.to.province]
    let way = provinces[0] == provinces[1] ? [provinces[0]] : provinces
    for (step, province) in way.enumerated() {
      add(.relayed, time + Int64(step) * 1500, node(province, .province), nil, to: &chain)
    }
    add(.delivered, time + 5000, node(life.to, .county), nil, to: &chain)
  }

  private mutating func receive(_ life: Life, on day: CivilDate, to chain: inout Chain) {
    let last = chain.events.last?.at ?? 0
    let at = max(moment(day, 10 * Self.hour), last + Self.minute)
    let asked = actor(life.to, .countyOperator, "county")
    add(.received, at, asked, nil, to: &chain)
    add(.assigned, at + Self.minute, asked, .assigned(life.asked.township.code), to: &chain)
  }

  private mutating func answer(_ life: Life, to chain: inout Chain) {
    guard let day = life.answered, let reply = life.reply else { return }
    let last = chain.events.last?.at ?? 0
    var at = max(moment(day, 14 * Self.hour), last + Self.minute)
    let township = DivisionCode(life.asked.township.code) ?? life.to
    let asked = actor(township, .townshipOperator, "town")
    for step in reply.stepMessages {
      add(.searched, at, asked, .searched(step), to: &chain)
      at += Self.minute
    }
    add(.answered, at, asked, .answered(reply.message), to: &chain)
  }

  private enum Station { case countyOperator, townshipOperator }

  private func actor(
    _ division: DivisionCode, _ station: Station, _ name: String
  ) -> LedgerActor {
    LedgerActor(account: "\(name).\(division)", role: "\(station)", division: "\(division)")
  }

  private func node(_ division: DivisionCode, _ kind: NodeIdentity.Kind) -> LedgerActor {
    LedgerActor(
      account: NodeIdentity.account(of: "\(division)"), role: kind.role, division: "\(division)")
  }

  /// A time on a day, some time after an hour, with room for all that follows before midnight.
  private mutating func moment(_ day: CivilDate, _ hour: Int64) -> Int64 {
    ChinaTime.start(of: day) + hour + Int64.random(in: 0..<2 * Self.hour, using: &numbers)
  }

  // MARK: Columns

  private func columns(of life: Life, _ message: Item, _ chain: Chain) -> StoredItem {
    var item = StoredItem(
      id: chain.item, kind: life.kind, category: life.category, from: message.from,
      to: message.to, enteredAt: message.enteredAt)
    item.askedAt = life.asked.village
    item.outbound = "\(life.from.province)" == World.province
    item.urgency = life.ruling.urgency
    item.occurred = message.occurred
    item.submitted = life.submitted.yyyymmdd
    item.due = life.ruling.due.yyyymmdd
    item.feedbackRequired = life.ruling.response == .feedback
    item.cycle = "\(life.ruling.submissionCycle)"
    item.profile = RuleProfile.provincial2009.name
    item.maskedName = Masking.name(life.person.name)
    item.maskedCitizenID = Masking.citizenID(life.person.citizenID)
    item.subjectKey = CitizenIDReport.spelling(life.person.citizenID)
    if life.received != nil { item.assignedTo = life.asked.township.code }
    if life.answered != nil {
      item.finding = life.reply?.finding
      item.substantiated = life.reply?.isSubstantiated ?? false
    }
    for event in chain.events {
      guard let state = event.kind.rule.next else { continue }
      item.state = max(item.state, state)
      if item.times[state] == 0 { item.times[state] = event.at }
    }
    item.heads = Array(chain.digests.suffix(1))
    return item
  }
}
