public import ExchangeRules
public import Ledger

/// Whether what a ledger shows follows from the events that it holds: an item's columns from the fold
/// of its events, a version of the register from the items that it came with.
///
/// The log tells that the events are what was written; this, that nothing else was made of them.
public struct LedgerAudit: Sendable {
  /// The first thing that does not follow.
  public enum Difference: Sendable, Hashable {
    /// An item, and the columns that are not what its events make of it.
    case item(LedgerID, columns: [String])
    /// A version of a record, and the field that nothing has brought.
    case version(record: LedgerID, version: Int, field: String)
  }

  private let items: ItemAudit

  /// An audit of a node's ledger, by the rules and calendar that the node goes by.
  public init(identity: NodeIdentity, calendar: WorkingCalendar, register: DivisionRegister) {
    items = ItemAudit(
      folding: EventFolding(identity: identity, calendar: calendar, register: register))
  }

  /// The first thing that does not follow; nil: everything does.
  ///
  /// - Throws: What is wrong with the ledger.
  public func difference(in ledger: LedgerReader) throws -> Difference? {
    var last = LedgerPlace.start
    while true {
      let page = try ledger.items(after: last)
      guard let end = page.last?.place else { break }
      for (item, _) in page where item.removed == 0 {
        let columns = try items.differences(of: item, in: ledger)
        if !columns.isEmpty { return .item(item.id, columns: columns) }
      }
      last = end
    }
    last = .start
    while true {
      let page = try ledger.versions(after: last)
      guard let end = page.last?.place else { return nil }
      for (version, _) in page {
        if let field = try RegisterAudit(ledger: ledger).difference(of: version) {
          return .version(record: version.record, version: version.version, field: field)
        }
      }
      last = end
    }
  }
}
