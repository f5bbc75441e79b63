internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Whether a version of the register says what the items say that it came with, and nothing else.
struct RegisterAudit {
  let ledger: LedgerReader

  /// What the version says that nothing has brought; nil: all that it says came with an item.
  ///
  /// A version stands on its own item, on the versions before it, and where one was taken back on
  /// another item about the person.
  func difference(of version: RecordVersion) throws -> String? {
    guard let source = version.sourceItem else { return nil }
    guard let item = try ledger.item(source) else { return "source_item" }
    // What it said was removed (G6).
    guard item.removed == 0 else { return nil }
    let earlier = try ledger.history(of: version.record).filter { $0.version < version.version }
    let told = try [source] + others(than: source, about: version)
    if version.category == PersonCard.category {
      return try difference(of: version, among: told, earlier)
    }
    let record = try Record(decoding: version.body)
    let isKnown = try earlier.contains { try Record(decoding: $0.body) == record }
    if try isKnown || told.contains(where: { try records(of: $0).contains(record) }) { return nil }
    return "record"
  }

  /// The field of a person's facts that neither an item nor an earlier version has.
  private func difference(
    of version: RecordVersion, among items: [LedgerID], _ earlier: [RecordVersion]
  ) throws -> String? {
    let facts = try Subject(decoding: version.body)
    let said =
      try items.compactMap { try ledger.body(of: $0, .entered) }
      .compactMap { try Item(decoding: $0).subject }
      + corrections(by: version) + earlier.map { try Subject(decoding: $0.body) }
    return SubjectField.allCases.first { field in
      let text = facts.text(of: field)
      return !said.contains { $0.text(of: field) == text }
    }?.rawValue
  }

  /// What was asked to be put right, where that has brought the version.
  private func corrections(by version: RecordVersion) throws -> [Subject] {
    guard version.note == VersionNote.corrected.rawValue, let item = version.sourceItem else {
      return []
    }
    return try ledger.events(of: item).compactMap { try $0.request() }.map { request in
      var said = Subject()
      for correction in request.corrections {
        guard let field = SubjectField(rawValue: correction.field) else { continue }
        _ = said.write(correction.value, to: field)
      }
      return said
    }
  }

  private func others(than item: LedgerID, about version: RecordVersion) throws -> [LedgerID] {
    guard version.note == VersionNote.takenBack.rawValue else { return [] }
    let number = PersonLookup.number(ofKey: version.subjectKey)
    if number.isEmpty { return [] }
    return try ledger.items(ItemQuery(.all, subjectKey: number)).map(\.item.id)
      .filter { $0 != item }
  }

  /// The records that an item's entry and its answers have brought.
  private func records(of item: LedgerID) throws -> [Record] {
    try ledger.events(of: item).compactMap { event in
      switch try event.message().detail {
      case .entered(let item): item.record
      case .answered(let answer): answer.record
      default: nil
      }
    }
  }
}
