import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TLS
import TestTLS

/// Items written into the asking county's ledger before it starts, as its operator's `Items/Enter`
/// and `Items/Send` would have written them.
struct RelayStock: Sendable {
  let place: RelayPlace
  let count: Int
  /// Sent too: they wait in the outbox for the province.
  let isSent: Bool

  static let batchItems = 500
  private static let actor = LedgerActor(
    account: RelayPlace.operatorName, role: "countyOperator", division: RelayPlace.asking)

  /// The identities, in the order of the outbox.
  func put() async throws -> [LedgerID] {
    let ledger = try Ledger(path: place.ledger(of: RelayPlace.asking))
    let files = place.certificates.configuration(of: RelayPlace.asking)
    ledger.sign(by: NodeSigner(key: try SigningKey(files)))
    var identities: [LedgerID] = []
    var left = count
    while left > 0 {
      let some = min(left, RelayStock.batchItems)
      identities += try await ledger.commit { ledger in
        try (0..<some).map { _ in try put(in: ledger) }
      }
      left -= some
    }
    try ledger.close()
    return identities
  }

  private func put(in ledger: LedgerTransaction) throws -> LedgerID {
    let now = place.now()
    let id = LedgerID(version7At: now)
    var message = RelayStock.item
    message.id = id.bytes
    var item = StoredItem(
      id: id, kind: .assistRequest, category: .assist,
      from: message.from, to: message.to, enteredAt: message.enteredAt)
    item.outbound = true
    item.subjectKey = message.subject?.citizenId ?? ""
    let entered = event(.entered, of: id, at: now, body: message.encoded())
    item.heads = [entered.digest]
    _ = try ledger.insert(
      item, entered: entered, called: entered.digest, from: .here, at: now)
    guard isSent else { return id }
    var submitted = event(.submitted, of: id, at: now, body: RelayStock.submission.encoded())
    submitted.follows = item.heads
    _ = try ledger.insert(submitted, called: submitted.digest, from: .here, at: now)
    item.heads = [submitted.digest]
    try ledger.rewrite(item)
    var change = ItemChange(.submitted, at: now)
    change.submitted = RelayStock.submission.submitted
    change.due = RelayStock.submission.due
    change.feedbackRequired = true
    change.cycle = RelayStock.submission.cycle
    change.profile = RelayStock.submission.profile
    try ledger.update(id, change)
    for event in [entered, submitted] {
      _ = try ledger.append(event.id, toOutboxOf: RelayPlace.province)
    }
    return id
  }

  private func event(
    _ kind: EventKind, of item: LedgerID, at now: Int64, body: [UInt8]
  ) -> StoredEvent {
    StoredEvent(
      id: LedgerID(version7At: now), item: item, kind: kind, at: now, actor: RelayStock.actor,
      body: body)
  }

  /// A synthetic assist request of about 400 bytes.
  static let item: Item = {
    var item = Item()
    item.kind = .assistRequest
    item.category = .assist
    item.from = RelayPlace.asking
    item.to = RelayPlace.asked
    item.enteredAt = RelayPlace.asking
    var subject = Subject()
    subject.name = "王样例"
    subject.citizenId = "440726198506153427"
    subject.birthDate = 1985_06_15
    subject.sex = .female
    subject.residence = address("440306018", String(repeating: "示例路一号", count: 6))
    subject.household = address("441702102201", String(repeating: "样例村二号", count: 6))
    subject.certificate = .valid
    subject.contraception = .longActing
    item.subject = subject
    return item
  }()

  private static let submission: Submission = {
    var submission = Submission()
    submission.submitted = 2009_06_17
    submission.profile = "provincial-2009"
    submission.urgency = Urgency.none
    submission.feedbackRequired = true
    submission.cycle = "2009-06"
    submission.due = 2009_07_17
    return submission
  }()

  private static func address(_ code: String, _ text: String) -> Address {
    var address = Address()
    address.code = code
    address.text = text
    return address
  }
}
