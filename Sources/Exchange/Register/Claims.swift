internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What items here say of a person that her card does not.
///
/// Nothing is stored for it: an item that was taken back claims nothing any more, and what her card
/// has says itself.
struct Claims {
  let ledger: LedgerReader

  /// What one item claims.
  struct Claimed {
    var item: StoredItem
    var entry: StoredEvent
    var subject: Subject
    /// In which it differs from the card.
    var fields: [SubjectField]
  }

  /// The claims about the person of a card, the oldest first.
  func claims(about card: RecordVersion) throws -> [Claimed] {
    let registered = try Subject(decoding: card.body)
    let number = CitizenIDReport.spelling(registered.citizenId)
    if number.isEmpty { return [] }
    // What once was a version is no claim; but for one of which some fields were taken over.
    let versions = Set(
      try ledger.history(of: card.record).filter { $0.note != VersionNote.accepted.rawValue }
        .compactMap(\.sourceItem))
    return try ledger.items(ItemQuery(.all, subjectKey: number)).map(\.item)
      .filter { item in
        let isTold = item.outbound || item.times.received != 0
        return isTold && item.state != .withdrawn && !versions.contains(item.id)
      }
      .compactMap { item -> Claimed? in
        guard let entry = try ledger.event(of: item.id, .entered),
          let subject = try Item(decoding: entry.body).subject,
          try PersonLookup.find(subject, of: item.id, in: ledger).key == card.subjectKey
        else { return nil }
        let fields = SubjectField.allCases.filter { field in
          let claimed = subject.text(of: field)
          return !claimed.isEmpty && claimed != registered.text(of: field)
        }
        guard !fields.isEmpty else { return nil }
        return Claimed(item: item, entry: entry, subject: subject, fields: fields)
      }
      .sorted { ($0.entry.at, $0.item.id.hex) < ($1.entry.at, $1.item.id.hex) }
  }

  /// The claims as a history shows them.
  func messages(about card: RecordVersion) throws -> [Claim] {
    let registered = try Subject(decoding: card.body)
    return try claims(about: card).map { claimed in
      var message = Claim()
      message.item = claimed.item.id.bytes
      message.at = claimed.entry.at
      message.actor = Actor(claimed.entry.actor)
      message.draft = claimed.item.times.submitted == 0
      message.fields = claimed.fields.map { field in
        var one = ClaimedField()
        one.field = field.rawValue
        one.claimed = claimed.subject.text(of: field)
        one.registered = registered.text(of: field)
        return one
      }
      return message
    }
  }
}
