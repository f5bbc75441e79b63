internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// A person's records with every version, merges, confirmations and claims: nothing is left out (S12.1).
struct RegisterHistory {
  let ledger: LedgerReader

  func reply(for entry: RegisterEntry) throws -> HistoryReply {
    var reply = HistoryReply()
    reply.person = try entry.masked(in: ledger)
    let current = try ledger.records(of: entry.key, includingWithdrawn: true)
    reply.versions = try current.flatMap { try ledger.history(of: $0.record) }.map(message)
    reply.merges = try merges(of: entry.key).map { try message(of: $0) }
    reply.claims = try Claims(ledger: ledger).messages(about: entry.card)
    reply.confirmations = try ledger.confirmations(of: entry.key).map(message)
    return reply
  }

  /// Every merge of the person, each once, also those taken back.
  private func merges(of key: String) throws -> [SubjectMerge] {
    var merges: [Int64: SubjectMerge] = [:]
    for key in try ledger.subjectKeys(of: key) {
      for merge in try ledger.merges(of: key) { merges[merge.number] = merge }
    }
    return merges.values.sorted { $0.number < $1.number }
  }

  func message(_ version: RecordVersion) throws -> RegisteredVersion {
    var message = RegisteredVersion()
    message.record = version.record.bytes
    message.category = Category(rawValue: version.category)
    message.version = UInt32(clamping: version.version)
    message.withdrawn = version.isWithdrawn
    message.at = version.at
    message.actor = Actor(version.actor)
    message.sourceItem = version.sourceItem?.bytes ?? []
    message.note = version.note
    if version.category == PersonCard.category {
      message.subject = try Subject(decoding: version.body)
    } else {
      message.content = try Record(decoding: version.body)
    }
    return message
  }

  /// A merge names persons by the register's identities, never by their numbers (G3).
  func message(of merge: SubjectMerge) throws -> RegisteredMerge {
    var message = RegisteredMerge()
    message.number = UInt64(clamping: merge.number)
    message.merged = try ledger.card(under: merge.merged)?.record.bytes ?? []
    message.into = try ledger.card(under: merge.into)?.record.bytes ?? []
    message.at = merge.at
    message.actor = Actor(merge.actor)
    message.reason = merge.reason
    message.undone = merge.undone
    message.undoneBy = merge.undoneBy
    return message
  }

  func message(_ step: StoredConfirmation) -> ConfirmationStep {
    var message = ConfirmationStep()
    message.state = step.state
    message.at = step.at
    message.actor = Actor(step.actor)
    message.item = step.item.bytes
    message.note = step.note
    return message
  }
}
