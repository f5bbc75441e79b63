import ExchangeRules
import TestSupport

@testable import Ledger

extension LedgerTransaction {
  /// Stores an item as one that was entered here, at its own time.
  func insert(_ item: StoredItem, entered event: StoredEvent) throws -> InsertOutcome {
    try insert(item, entered: event, called: event.digest, from: .here, at: event.at)
  }

  /// Stores an event as this node's own, at its own time.
  func insert(_ event: StoredEvent) throws -> InsertOutcome {
    try insert(event, called: event.digest, from: .here, at: event.at)
  }
}

/// Synthetic items and events, the same for the same seed.
final class Made: Sendable {
  /// 2009-06-20 12:00 China Standard Time, in milliseconds since 1970.
  static let noon: Int64 = 1_245_470_400_000
  static let operatorA = LedgerActor(
    account: "wang", role: "townshipOperator", division: "440305001")

  private let random: Guarded<SeededNumbers>

  init(seed: UInt64) {
    random = Guarded(SeededNumbers(seed: seed))
  }

  func id(at time: Int64 = noon) -> LedgerID {
    random.withLock { LedgerID(version7At: time, using: &$0) }
  }

  func number(below bound: Int) -> Int {
    random.withLock { Int.random(in: 0..<bound, using: &$0) }
  }

  func item(
    at time: Int64 = noon, body: [UInt8] = [1, 2, 3],
    _ adjust: (inout StoredItem) -> Void = { _ in }
  ) -> (StoredItem, StoredEvent) {
    var item = StoredItem(
      id: id(at: time), kind: .assistRequest, category: .pregnancy, from: "440305", to: "421126",
      enteredAt: "440305001")
    item.maskedName = "王**"
    item.maskedCitizenID = "421126********0021"
    item.outbound = true
    adjust(&item)
    return (item, event(of: item.id, .entered, at: time, body: body))
  }

  func event(
    of item: LedgerID, _ kind: EventKind, at time: Int64 = noon, body: [UInt8] = []
  ) -> StoredEvent {
    StoredEvent(
      id: id(at: time), item: item, kind: kind, at: time, actor: Self.operatorA, body: body)
  }

  /// Enters an item in a ledger and sends it on its way.
  func submit(_ item: StoredItem, _ entered: StoredEvent, to ledger: Ledger) async throws {
    let submitted = event(of: item.id, .submitted, at: Self.noon + 5)
    try await ledger.commit { transaction in
      _ = try transaction.insert(item, entered: entered)
      _ = try transaction.insert(submitted)
      try transaction.update(item.id, ItemChange(.submitted, at: Self.noon + 5))
      try transaction.append(submitted.id, toOutboxOf: "44")
    }
  }
}
