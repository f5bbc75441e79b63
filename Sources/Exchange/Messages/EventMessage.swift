package import ExchangeProtos
package import Ledger

/// An event between its two forms: as it travels, and as the ledger keeps it: typed columns, and the
/// detail's own bytes.
///
/// The detail's bytes are passed on as they came, so that what a newer node wrote reaches the next
/// one whole, and nothing is packed twice.
extension StoredEvent {
  /// The event that came, or nil if its detail is not the one that its kind has.
  ///
  /// - Throws: `MessageRefusal` for bytes that are no event.
  package init?(bytes: [UInt8]) throws(MessageRefusal) {
    let message = try ItemEvent(decoding: bytes)
    guard let id = LedgerID(message.id), let item = LedgerID(message.itemId),
      let kind = Kind(rawValue: Int(message.kind.rawValue)), let actor = message.actor,
      kind.has(message.detail)
    else { return nil }
    self.init(
      id: id, item: item, kind: kind, at: message.at,
      actor: LedgerActor(account: actor.account, role: actor.role, division: actor.division),
      note: message.note,
      body: kind.detailField.map { EventDetail.bytes(of: $0, in: bytes) } ?? [])
  }

  /// The event as it travels.
  package var bytes: [UInt8] {
    var bytes = messageWithoutDetail.encoded()
    if let field = kind.detailField { EventDetail.append(body, as: field, to: &bytes) }
    return bytes
  }

  /// The event with its detail read, for who looks at it.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  package func message() throws -> ItemEvent {
    var message = messageWithoutDetail
    message.detail = try kind.detail(of: body)
    return message
  }

  private var messageWithoutDetail: ItemEvent {
    var message = ItemEvent()
    message.id = id.bytes
    message.itemId = item.bytes
    message.kind = EventKind(rawValue: Int32(kind.rawValue)) ?? .unspecified
    message.at = at
    var actor = Actor()
    actor.account = self.actor.account
    actor.role = self.actor.role
    actor.division = self.actor.division
    message.actor = actor
    message.note = note
    return message
  }
}

extension StoredEvent.Kind {
  /// The number of the field that holds the detail of this kind (`Protos/item.proto`).
  fileprivate var detailField: UInt8? {
    switch self {
    case .entered: 10
    case .submitted: 11
    case .assigned: 12
    case .searched: 13
    case .answered: 14
    case .refused: 15
    case .relayed, .delivered, .received, .closed: nil
    }
  }

  fileprivate func has(_ detail: ItemEvent.Detail?) -> Bool {
    switch (self, detail) {
    case (.entered, .entered), (.submitted, .submitted), (.assigned, .assignedTo),
      (.searched, .searched), (.answered, .answered), (.refused, .refused), (.relayed, nil),
      (.delivered, nil), (.received, nil), (.closed, nil):
      true
    default: false
    }
  }

  fileprivate func detail(of body: [UInt8]) throws -> ItemEvent.Detail? {
    switch self {
    case .entered: .entered(try Item(decoding: body))
    case .submitted: .submitted(try Submission(decoding: body))
    case .assigned: .assignedTo(String(decoding: body, as: UTF8.self))
    case .searched: .searched(try SearchStep(decoding: body))
    case .answered: .answered(try Answer(decoding: body))
    case .refused: .refused(try Refusal(decoding: body))
    case .relayed, .delivered, .received, .closed: nil
    }
  }
}
