internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// A step of a letter that came, with its letter; nil where a word or a day of it is none.
struct ArrivedLetter {
  /// The letter, as its first step says it.
  let letter: StoredLetter
  /// The step.
  let event: StoredLetterEvent

  /// - Parameters:
  ///   - bytes: A `LetterEvent`.
  ///   - peer: The neighbour that tells of it.
  /// - Throws: `MessageRefusal` for bytes that are no step, or whose content is none.
  init?(bytes: [UInt8], from peer: String) throws(MessageRefusal) {
    let message = try LetterEvent(decoding: bytes)
    guard let kind = message.kind, let step = message.step, let actor = message.actor else {
      return nil
    }
    var lines = 0
    if step == .issued {
      switch kind {
      case .dunning: lines = try DunningList(decoding: message.body).lines.count
      case .roster: lines = try Roster(decoding: message.body).lines.count
      case .monthlyTables: lines = try TableCounts(decoding: message.body).counts.count
      }
    }
    letter = StoredLetter(
      kind: kind, issuer: message.issuer, addressee: message.addressee, peer: peer,
      period: message.period, part: Int32(clamping: message.part), lines: Int32(clamping: lines),
      issued: message.at)
    var event = StoredLetterEvent(
      letter: letter.id, step: step, at: message.at,
      actor: LedgerActor(account: actor.account, role: actor.role, division: actor.division),
      note: message.note, follows: message.follows, body: message.body)
    event.seal = message.seal
    self.event = event
  }
}

extension LetterEvent {
  /// A step as it travels, or without its content for who only looks at it.
  init(_ event: StoredLetterEvent, of letter: StoredLetter, withBody: Bool = true) {
    self.init()
    kind = letter.kind
    issuer = letter.issuer
    addressee = letter.addressee
    period = letter.period
    part = UInt32(clamping: letter.part)
    step = event.step
    at = event.at
    actor = Actor(event.actor)
    note = event.note
    follows = event.follows
    body = withBody ? event.body : []
    seal = event.seal
  }
}

extension LetterSummary {
  /// A letter as a list shows it.
  init(_ letter: StoredLetter) {
    self.init()
    id = letter.id.bytes
    kind = letter.kind
    issuer = letter.issuer
    addressee = letter.addressee
    period = letter.period
    part = UInt32(clamping: letter.part)
    lines = UInt32(clamping: letter.lines)
    issued = letter.issued
    delivered = letter.delivered
    acknowledged = letter.acknowledged
  }
}
