import Ledger
import Testing

@Suite("A ledger on disk") struct LedgerTests {
  @Test("An item and its event are there again after reopening")
  func reopening() async throws {
    let folder = try TemporaryFolder()
    let made = Made(seed: 1)
    let (item, entered) = made.item()
    do {
      let ledger = try Ledger(path: folder.ledger)
      #expect(try await ledger.commit { try $0.insert(item, entered: entered) } == .new)
      try ledger.close()
    }
    let ledger = try Ledger(path: folder.ledger)
    let (stored, events) = try await ledger.read {
      (try $0.item(item.id), try $0.events(of: item.id))
    }
    var expected = item
    expected.times.entered = entered.at
    #expect(stored == expected)
    #expect(events == [entered])
  }
}
