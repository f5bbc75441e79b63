import ExchangeRules
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Exchange

@Suite(
  "What a neighbour has on its disk is booked, also when nothing else comes",
  .timeLimit(.minutes(30)))
struct HeldAckTests {
  private static let peer = "440000"
  private static let now = TestClock.start

  /// Raised once, by another task.
  private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
  }

  /// A ledger that is stepped by hand, with one event for the neighbour.
  private func ledger(in folder: TemporaryFolder) async throws -> Ledger {
    let ledger = try Ledger(
      path: folder.file("ledger.sqlite"),
      options: LedgerOptions(stepping: .byHand, queuedRequests: 1))
    let item = StoredItem(
      id: LedgerID(version7At: Self.now), kind: .assistRequest, category: .assist, from: "440306",
      to: "441702", enteredAt: "440306")
    let actor = LedgerActor(account: "lin", role: "countyOperator", division: "440306")
    let entered = StoredEvent(
      id: LedgerID(version7At: Self.now), item: item.id, kind: .entered, at: Self.now,
      actor: actor, body: [1])
    ledger.commit(
      { ledger in
        _ = try ledger.insert(
          item, entered: entered, called: entered.digest, from: .here, at: Self.now)
        _ = try ledger.append(entered.id, toOutboxOf: Self.peer)
      }, completion: { _ in })
    while ledger.step() {}
    return ledger
  }

  @Test("The store cannot take it just now, and the neighbour says nothing more")
  func retried() async throws {
    let folder = try TemporaryFolder()
    let ledger = try await ledger(in: folder)
    // The writer's queue is full until somebody waits to try again.
    ledger.commit({ _ in }, completion: { _ in })
    let (isRetried, isBooked) = (Flag(), Flag())
    let held = HeldAck(
      ledger, peer: Self.peer, booked: { isBooked.raise() },
      pause: { wait in
        guard wait == HeldAck.retry else { return }
        while ledger.step() {}
        isRetried.raise()
      })
    try held.put(1)
    while !isBooked.isRaised {
      if isRetried.isRaised { ledger.step() }
      await Task.yield()
    }
    #expect(
      try await ledger.read { try $0.outboxStanding(of: Self.peer) }.acknowledged == 1)
  }
}
