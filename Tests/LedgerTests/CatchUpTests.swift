import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("How far a peer's catch-up has come is kept") struct CatchUpTests {
  let folder: TemporaryFolder
  let made = Made(seed: 60)

  init() throws { folder = try TemporaryFolder() }

  private func ledger(items count: Int) async throws -> (Ledger, [LedgerID]) {
    let ledger = try Ledger(path: folder.ledger)
    var items: [LedgerID] = []
    for _ in 0..<count {
      let (item, entered) = made.item()
      try await ledger.commit { try $0.insert(item, entered: entered) }
      items.append(item.id)
    }
    return (ledger, items)
  }

  @Test(
    "A store is caught up once; a new one again, and has what waited taken away if it has nothing")
  func stores() async throws {
    let (ledger, items) = try await ledger(items: 1)
    let own = try await ledger.read { try $0.outboxIdentity() }
    let table: [(store: String, inbox: String, begins: Bool, waiting: UInt64)] = [
      ("a", "", true, 0), ("a", "", false, 1), ("a", own, false, 2), ("b", own, true, 3),
      ("b", "other", false, 4), ("c", "", true, 0),
    ]
    for row in table {
      let (begins, waiting) = try await ledger.commit { ledger in
        (
          try ledger.meet("44", store: row.store, inboxOf: row.inbox),
          try ledger.outboxStanding(of: "44").waiting
        )
      }
      #expect(begins == row.begins && waiting == row.waiting, "\(row)")
      try await ledger.commit { try $0.append(historyOf: items[0], toOutboxOf: "44") }
    }
  }

  @Test("A peer that was told before stores were noted is not told again")
  func older() async throws {
    let (ledger, items) = try await ledger(items: 1)
    let begins = try await ledger.commit { ledger in
      try ledger.append(historyOf: items[0], toOutboxOf: "44")
      return try ledger.meet("44", store: "a", inboxOf: ledger.outboxIdentity())
    }
    #expect(!begins)
    #expect(try await ledger.read { try $0.catchUp(of: "44") } == nil)
  }

  @Test("It goes on where it was, page by page, and an item is awaited until it is reached")
  func pages() async throws {
    let made = try await ledger(items: 7)
    let items = made.1
    var ledger = made.0
    try await ledger.commit { try $0.meet("44", store: "a", inboxOf: "") }
    var reached: [Int64] = []
    while let catchUp = try await ledger.read({ try $0.catchUp(of: "44") }) {
      let page = try await ledger.read { ledger in
        try ledger.page(of: catchUp, limit: 2) { $0.id != items[3] }
      }
      reached += page.items.map(\.number)
      try await ledger.commit { try $0.moveCatchUp(of: "44", to: page.end) }
      let awaited = try await ledger.commit { ledger in
        try items.filter { try ledger.isAwaited($0, byCatchUpOf: "44") }
      }
      #expect(awaited == page.end.map { Array(items[Int($0.number)...]) } ?? [])
      try ledger.close()
      ledger = try Ledger(path: folder.ledger)
    }
    #expect(reached == [1, 2, 3, 5, 6, 7])
  }

  @Test("What happens to items of a page after it was read is found, within the page")
  func touched() async throws {
    let (ledger, items) = try await ledger(items: 5)
    try await ledger.commit { try $0.meet("44", store: "a", inboxOf: "") }
    let catchUp = try #require(try await ledger.read { try $0.catchUp(of: "44") })
    let page = try await ledger.read { ledger in
      try ledger.page(of: catchUp, limit: 1) { $0.id == items[2] }
    }
    for item in [items[1], items[4]] {
      let event = made.event(of: item, .received)
      try await ledger.commit { try $0.insert(event) }
    }
    let now = try await ledger.read { try $0.itemsNow(of: page, in: catchUp).map(\.item.id) }
    #expect(now == [items[1], items[2]])
  }

  @Test("A page of an outbox holds no more bytes than asked, but at least one event")
  func bytes() async throws {
    let ledger = try Ledger(path: folder.ledger)
    for length in [10, 300, 10, 10, 10] {
      let (item, entered) = made.item(body: [UInt8](repeating: 7, count: length))
      try await ledger.commit { ledger in
        _ = try ledger.insert(item, entered: entered)
        try ledger.append(entered.id, toOutboxOf: "44")
      }
    }
    var after: UInt64 = 0
    var counts: [Int] = []
    while true {
      let page = try await ledger.read { [after] in
        try $0.outbox(for: "44", after: after, limit: 256, bytes: 25)
      }
      guard let last = page.last else { break }
      counts.append(page.count)
      after = last.sequence
    }
    #expect(counts == [1, 1, 2, 1])
  }
}
