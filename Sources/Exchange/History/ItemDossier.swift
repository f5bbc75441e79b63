internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What stands in the ledger of one item while its events are written: each part is read and decoded
/// once, when the first asks for it.
final class ItemDossier {
  private let item: LedgerID
  private let ledger: LedgerReader
  private var entry: (event: StoredEvent, item: Item)?

  init(_ item: LedgerID, in ledger: LedgerReader) {
    self.item = item
    self.ledger = ledger
  }

  /// An item whose entry is just being written.
  init(entered event: StoredEvent, _ item: Item, in ledger: LedgerReader) {
    self.item = event.item
    self.ledger = ledger
    entry = (event, item)
  }

  /// The item as its author wrote it, and the event that brought it; nil where no entry is here.
  func entered() throws -> (event: StoredEvent, item: Item)? {
    if let entry { return entry }
    guard let event = try ledger.event(of: item, .entered), event.bodyDigest.isEmpty else {
      return nil
    }
    let found = (event: event, item: try Item(decoding: event.body))
    entry = found
    return found
  }

  /// All that is here of the item, in the order in which it was taken.
  func events() throws -> [StoredEvent] { try ledger.events(of: item) }

  /// The source that an event says was searched (S6.4); nil for events of other kinds.
  func step(of event: StoredEvent) throws -> ExchangeRules.SearchStep? {
    guard event.kind == .searched else { return nil }
    return try ExchangeProtos.SearchStep(decoding: event.body).facts
  }

  /// Which side answers: the household place if the item went to the county of registration.
  func answeringSide(of item: StoredItem) throws -> ExchangeSide {
    guard let asked = try entered()?.item else { return .household }
    return asked.householdCounty.map { "\($0)" } == item.to ? .household : .residence
  }
}
