internal import ExchangeProtos
internal import Ledger

/// An event between its two forms: as it travels, and as the ledger keeps it (typed columns, and the
/// detail's own bytes).
extension StoredEvent {
  /// The event that came, or nil if its detail is not the one that its kind has.
  init?(_ message: ItemEvent) {
    guard let id = LedgerID(message.id), let item = LedgerID(message.itemId),
      let kind = Kind(rawValue: Int(message.kind.rawValue)), let actor = message.actor,
      let body = kind.body(of: message.detail)
    else { return nil }
    self.init(
      id: id, item: item, kind: kind, at: message.at,
      actor: LedgerActor(account: actor.account, role: actor.role, division: actor.division),
      note: message.note, body: body)
  }

  /// The event as it travels.
  ///
  /// - Throws: ``ExchangeProtos/MessageRefusal`` if the ledger's bytes are damaged.
  func message() throws -> ItemEvent {
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
    message.detail = try kind.detail(of: body)
    return message
  }
}

extension StoredEvent.Kind {
  fileprivate func body(of detail: ItemEvent.Detail?) -> [UInt8]? {
    switch (self, detail) {
    case (.entered, .entered(let item)): item.encoded()
    case (.submitted, .submitted(let submission)): submission.encoded()
    case (.assigned, .assignedTo(let division)): Array(division.utf8)
    case (.searched, .searched(let step)): step.encoded()
    case (.answered, .answered(let answer)): answer.encoded()
    case (.refused, .refused(let refusal)): refusal.encoded()
    case (.relayed, nil), (.delivered, nil), (.received, nil), (.closed, nil): []
    default: nil
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
