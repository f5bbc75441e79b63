import ExchangeProtos
import ExchangeRules
import Ledger

/// What operators have asked for and were told: all that the judge goes by besides the ledgers.
final class Notebook: @unchecked Sendable {
  /// An item as its operator wrote it.
  struct Case {
    let id: LedgerID
    let from: String
    let to: String
    let enteredAt: String
    /// What nodes have said that they have done with it, and which.
    var acknowledged: [Act: Int] = [:]
  }

  /// A kind of act at an office.
  struct Act: Hashable {
    let kind: EventKind
    let division: String
  }

  private(set) var cases: [LedgerID: Case] = [:]
  /// In the order in which they were made.
  private(set) var order: [LedgerID] = []
  /// Items that came to their answer and whose asking side has heard of it, as the judge has seen.
  var exchanges: Set<LedgerID> = []
  /// What was refused that should not have been.
  private(set) var refusals: [String] = []

  /// An operator is about to enter an item.
  func made(_ item: Item) {
    guard let id = LedgerID(item.id) else { return }
    order.append(id)
    cases[id] = Case(id: id, from: item.from, to: item.to, enteredAt: item.enteredAt)
  }

  /// A node has said that something is done.
  func acknowledged(_ item: LedgerID, _ kind: EventKind, by division: String) {
    cases[item]?.acknowledged[Act(kind: kind, division: division), default: 0] += 1
  }

  /// A node has refused an entry; all that are made here are good.
  func refused(_ item: Item, _ why: String, by division: String) {
    refusals.append("\(division) refused a good entry: \(why)")
  }
}
