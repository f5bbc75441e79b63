package import ExchangeProtos
internal import ExchangeRules
package import Ledger

/// An event with its detail read: what is written is decoded once, whoever looks at it.
///
/// The ledger keeps the detail's own bytes, and they travel on as they came, so that what a newer
/// node wrote reaches the next one whole, and nothing is packed twice.
package struct DetailedEvent: Sendable {
  /// As the ledger keeps it.
  package let stored: StoredEvent
  /// What goes with its kind; nil for the kinds that have nothing.
  package let detail: ItemEvent.Detail?
  /// What it is called by those that follow it.
  let digest: EventDigest

  /// An event of this node, whose detail has just been packed.
  init(_ stored: StoredEvent, _ detail: ItemEvent.Detail?) {
    self.init(stored, detail, digest: stored.digest)
  }

  private init(_ stored: StoredEvent, _ detail: ItemEvent.Detail?, digest: EventDigest) {
    self.stored = stored
    self.detail = detail
    self.digest = digest
  }

  /// The event that came, or nil if its detail is not the one that its kind has.
  ///
  /// - Throws: `MessageRefusal` for bytes that are no event.
  package init?(bytes: [UInt8]) throws(MessageRefusal) {
    let message = try ItemEvent(decoding: bytes)
    guard let id = LedgerID(message.id), let item = LedgerID(message.itemId),
      let kind = message.kind, let actor = message.actor,
      message.detail?.field == kind.detailField
    else { return nil }
    detail = message.detail
    var event = StoredEvent(
      id: id, item: item, kind: kind, at: message.at,
      actor: LedgerActor(account: actor.account, role: actor.role, division: actor.division),
      note: message.note,
      body: kind.detailNumber.map { EventDetail.bytes(of: $0, in: bytes) } ?? [])
    event.follows = message.follows.compactMap { EventDigest($0) }
    event.seal = message.seal
    stored = event
    digest = event.digest
  }

  /// The event as its author writes it, behind what it has seen; with a salt, so that its digest tells
  /// nothing of a detail that is removed one day (G6).
  func written(after heads: [EventDigest]) -> DetailedEvent {
    var event = stored
    event.follows = heads
    if event.kind.detailIsMessage { EventDetail.salt(&event.body) }
    return DetailedEvent(event, detail)
  }
}

extension StoredEvent {
  /// The event as it travels.
  package var bytes: [UInt8] {
    var bytes = messageWithoutDetail.encoded()
    if let field = kind.detailNumber { EventDetail.append(body, as: field, to: &bytes) }
    return bytes
  }

  /// The event with its detail read, for who looks at it.
  ///
  /// Without its detail where that was removed.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  package func message() throws -> ItemEvent {
    var message = messageWithoutDetail
    if !bodyDigest.isEmpty { return message }
    message.detail = try kind.detailField.flatMap {
      try ItemEvent.Detail(field: $0, content: body)
    }
    return message
  }

  /// The digest of the event that this one takes back; nil for events of other kinds.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  func takesBack() throws -> [UInt8]? {
    guard kind == .takenBack, case .takenBack(let taking)? = try message().detail else {
      return nil
    }
    return taking.event
  }

  private var messageWithoutDetail: ItemEvent {
    var message = ItemEvent()
    message.id = id.bytes
    message.itemId = item.bytes
    message.kind = kind
    message.at = at
    message.actor = Actor(actor)
    message.note = note
    message.follows = follows.map(\.bytes)
    message.seal = seal
    return message
  }
}

extension EventKind {
  /// The field that holds the detail of this kind: it bears the kind's name (`Protos/item.proto`).
  fileprivate var detailField: String? { EventKind.detailFields[rawValue - 1] }

  /// The number of that field.
  fileprivate var detailNumber: UInt8? { EventKind.detailNumbers[rawValue - 1] }

  /// Whether its detail is a message, to which a field can be appended: an assignment's is a text.
  fileprivate var detailIsMessage: Bool { detailField != nil && self != .assigned }

  private static let detailFields = allCases.map { kind in
    ItemEvent.Detail.fields[kind.word].map { _ in kind.word }
  }
  private static let detailNumbers = allCases.map { ItemEvent.Detail.fields[$0.word] }
}

extension Actor {
  init(_ actor: LedgerActor) {
    self.init()
    account = actor.account
    role = actor.role
    division = actor.division
  }
}
