import ExchangeRules
import Ledger
import NIOCore

/// Watches a county's ledger for items that come, in the order in which they were sent.
struct ArrivalWatch {
  let ledger: Ledger
  let identities: [LedgerID]
  /// The whole run may take this long; what a lost item would otherwise make endless.
  let limit: TimeAmount
  /// How often it looks.
  ///
  /// Looking takes processor time from the nodes: no more often than the figure needs.
  let interval: TimeAmount

  struct Late: Error, CustomStringConvertible {
    let arrived: Int
    let expected: Int
    var description: String { "\(arrived) of \(expected) items came in the time set" }
  }

  /// Calls back for each item when its delivery is seen on disk.
  func run(_ arrived: (Int, NIODeadline) -> Void) async throws {
    let end = NIODeadline.now() + limit
    var next = 0
    while next < identities.count {
      let (first, identities) = (next, identities)
      next = try await ledger.read { reader in
        var next = first
        while next < identities.count,
          let item = try reader.item(identities[next]), item.state >= .delivered
        {
          next += 1
        }
        return next
      }
      let now = NIODeadline.now()
      for place in first..<next { arrived(place, now) }
      guard now < end else { throw Late(arrived: next, expected: identities.count) }
      if next < identities.count { try await Task.sleep(for: .nanoseconds(interval.nanoseconds)) }
    }
  }
}
