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
  /// Items that the judge has seen sent.
  var submitted: Set<LedgerID> = []
  /// Items that went with a disk, or did not, as the copy was older or newer.
  private(set) var forgotten: Set<LedgerID> = []
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

  /// An office is put back from a copy, while everything is at rest.
  ///
  /// What it alone had is lost with its disk, and that is nobody's fault: the entries that it has told
  /// nobody of, a county's own that were not sent.
  func forgetWhatOnly(_ division: String) {
    let alone = order.filter { id in
      guard let made = cases[id], made.enteredAt == division, made.from == division else {
        return false
      }
      return !submitted.contains(id)
    }
    for id in alone { cases[id] = nil }
    forgotten.formUnion(alone)
  }

  /// A node has refused an entry; all that are made here are good.
  func refused(_ item: Item, _ why: String, by division: String) {
    refusals.append("\(division) refused a good entry: \(why)")
  }
}
