import TestSupport
import Testing

@testable import Ledger

@Suite("A ledger can be driven step by step on one thread") struct SteppingTests {
  let folder: TemporaryFolder
  let made = Made(seed: 40)

  init() throws { folder = try TemporaryFolder() }

  @Test("Nothing is done before the step; a step does one batch, in the order of the requests")
  func steps() throws {
    let ledger = try Ledger(
      path: folder.ledger, options: LedgerOptions(stepping: .byHand, batchRequests: 3))
    let done = Guarded<[Int]>([])
    for place in 0..<7 {
      let (item, entered) = made.item()
      ledger.commit(
        { try $0.insert(item, entered: entered) },
        completion: { _ in done.withLock { $0.append(place) } })
    }
    #expect(done.withLock { $0 } == [])
    #expect(ledger.step())
    #expect(done.withLock { $0 } == [0, 1, 2])
    #expect(ledger.step())
    #expect(ledger.step())
    #expect(done.withLock { $0 } == Array(0..<7))
    #expect(!ledger.step())
    #expect(ledger.commitStatistics.transactions == 3)
  }

  @Test("A read between two steps sees what the first has done, and not what waits")
  func reads() async throws {
    let ledger = try Ledger(path: folder.ledger, options: LedgerOptions(stepping: .byHand))
    for expected in 1...3 {
      let (item, entered) = made.item()
      ledger.commit({ try $0.insert(item, entered: entered) }, completion: { _ in })
      #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == expected - 1)
      ledger.step()
      #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == expected)
    }
  }

  @Test("The same requests give the same file, whatever thread takes the steps")
  func repetition() async throws {
    var dumps: [[StoredEvent]] = []
    for name in ["one", "two"] {
      let made = Made(seed: 41)
      let ledger = try Ledger(
        path: folder.ledger(name), options: LedgerOptions(stepping: .byHand, batchRequests: 2))
      let items = (0..<6).map { _ in made.item() }
      for (item, entered) in items {
        ledger.commit({ try $0.insert(item, entered: entered) }, completion: { _ in })
      }
      if name == "one" {
        while ledger.step() {}
      } else {
        await Task.detached { while ledger.step() {} }.value
      }
      dumps.append(
        try await ledger.read { reader in try items.flatMap { try reader.events(of: $0.0.id) } })
    }
    #expect(dumps[0].count == 6)
    #expect(dumps[0] == dumps[1])
  }

  @Test("What waits at the close is done by it")
  func closing() async throws {
    let ledger = try Ledger(path: folder.ledger, options: LedgerOptions(stepping: .byHand))
    let (item, entered) = made.item()
    let outcome = Guarded<Bool>(false)
    ledger.commit(
      { try $0.insert(item, entered: entered) },
      completion: { result in outcome.withLock { $0 = (try? result.get()) == .new } })
    try ledger.close()
    #expect(outcome.withLock { $0 })
  }
}
