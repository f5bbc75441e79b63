import ExchangeRules
import Ledger
import TestSupport
import Testing

@Suite("Items and their events") struct ItemTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 20)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("The same item again changes nothing, even with another event identity (idempotent entry)")
  func repeatedItem() async throws {
    let (item, entered) = made.item()
    let retried = made.event(of: item.id, .entered, at: Made.noon + 9000, body: entered.body)
    let other = made.event(of: item.id, .entered, body: [9])
    let outcomes = try await ledger.commit { transaction in
      [
        try transaction.insert(item, entered: entered),
        try transaction.insert(item, entered: entered),
        try transaction.insert(item, entered: retried),
        try transaction.insert(item, entered: other),
      ]
    }
    #expect(outcomes == [.new, .known, .known, .conflict])
    #expect(try await ledger.read { try $0.events(of: item.id) } == [entered])
  }

  @Test("The same event again changes nothing; its identity with other content is a conflict")
  func repeatedEvent() async throws {
    let (item, entered) = made.item()
    let received = made.event(of: item.id, .received, at: Made.noon + 1, body: [5])
    var changed = received
    changed.body = [6]
    let other = changed
    let outcomes = try await ledger.commit { transaction in
      [
        try transaction.insert(item, entered: entered), try transaction.insert(received),
        try transaction.insert(received), try transaction.insert(other),
      ]
    }
    #expect(outcomes == [.new, .new, .known, .conflict])
    #expect(try await ledger.read { try $0.events(of: item.id) } == [entered, received])
    #expect(try await ledger.read { try $0.event(received.id) } == received)
    #expect(try await ledger.read { try $0.body(of: item.id, .received) } == [5])
  }

  @Test("An event of an item that is not here is refused as such")
  func unknownItem() async throws {
    let event = made.event(of: made.id(), .received)
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.insert(event) }
    }
    #expect(failure?.reason == .unknownItem)
  }

  @Test("An entry that belongs to another item, or a body over the limit, is refused")
  func invalid() async throws {
    let (item, _) = made.item()
    let (_, stranger) = made.item()
    let huge = made.event(
      of: item.id, .entered, body: [UInt8](repeating: 0, count: LedgerLimits.bodyBytes + 1))
    for entered in [stranger, huge] {
      let failure = await #expect(throws: LedgerFailure.self) {
        try await ledger.commit { try $0.insert(item, entered: entered) }
      }
      #expect(failure?.reason == .invalid)
      // Work that catches the refusal and goes on leaves no item without its entry.
      let (other, itsEntry) = made.item()
      let outcome = try await ledger.commit { transaction in
        _ = try? transaction.insert(item, entered: entered)
        return try transaction.insert(other, entered: itsEntry)
      }
      #expect(outcome == .new)
    }
    #expect(try await ledger.read { try $0.item(item.id) } == nil)
  }

  @Test("All columns are kept, and each change touches its own only")
  func columns() async throws {
    let (item, entered) = made.item {
      $0.assignedTo = "421126001"
      $0.inbound = true
      $0.urgency = .urgent
      $0.occurred = 20_090_501
      $0.submitted = 20_090_620
      $0.due = 20_090_705
      $0.feedbackRequired = true
      $0.cycle = "2009-06"
      $0.profile = "fujian"
      $0.finding = .notFound
      $0.substantiated = true
      $0.subjectKey = "421126198503170021"
    }
    _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    var expected = item
    expected.times.entered = entered.at
    #expect(try await ledger.read { try $0.item(item.id) } == expected)

    var change = ItemChange(.received, at: 77)
    change.assignedTo = ""
    change.due = 0
    change.finding = .found
    let applied = change
    #expect(try await ledger.commit { try $0.update(item.id, applied) })
    expected.state = .received
    expected.times.received = 77
    expected.assignedTo = ""
    expected.due = 0
    expected.finding = .found
    #expect(try await ledger.read { try $0.item(item.id) } == expected)
    var inMemory = item
    inMemory.times.entered = entered.at
    change.apply(to: &inMemory)
    #expect(inMemory == expected)
    let stranger = made.id()
    #expect(try await ledger.commit { try $0.update(stranger, applied) } == false)
  }

  @Test("An entry whose event has the identity of another is a conflict, and leaves no item behind")
  func entryOfKnownEvent() async throws {
    let (first, entered) = made.item()
    let (second, other) = made.item()
    var forged = other
    forged.id = entered.id
    let bad = forged
    let outcomes = try await ledger.commit { transaction in
      [
        try transaction.insert(first, entered: entered),
        try transaction.insert(second, entered: bad),
      ]
    }
    #expect(outcomes == [.new, .conflict])
    #expect(try await ledger.read { try $0.item(second.id) } == nil)
    #expect(try await ledger.commit { try $0.insert(second, entered: other) } == .new)
  }

  @Test("Steps in any order, and repeated ones, lead to the same row", arguments: 0..<20)
  func anyOrder(seed: Int) async throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let (item, entered) = made.item()
    let path: [ItemState] = [.submitted, .relayed, .delivered, .received, .answered]
    var steps = path.map { ItemChange($0, at: Made.noon + Int64($0.rawValue)) }
    steps.append(ItemChange(.relayed, at: Made.noon + Int64(ItemState.relayed.rawValue)))
    steps.shuffle(using: &random)
    let shuffled = steps
    try await ledger.commit { transaction in
      _ = try transaction.insert(item, entered: entered)
      for step in shuffled { try transaction.update(item.id, step) }
    }
    let stored = try #require(try await ledger.read { try $0.item(item.id) })
    #expect(stored.state == .answered)
    for state in path { #expect(stored.times[state] == Made.noon + Int64(state.rawValue)) }
    #expect(stored.times.closed == 0)
  }

  @Test("What waits is in the to-do list exactly when it needs something (S4, S6.6)")
  func needs() async throws {
    for state in ItemState.allCases {
      for feedbackRequired in [true, false] {
        let (item, entered) = made.item {
          $0.state = state
          $0.feedbackRequired = feedbackRequired
          $0.inbound = true
        }
        let listed = try await ledger.commit { transaction in
          _ = try transaction.insert(item, entered: entered)
          return try transaction.items(ItemQuery(.todo, state: state)).map(\.item.id)
        }
        #expect(listed.contains(item.id) == (item.need != .nothing), "\(state)")
      }
    }
    let needs = ItemState.allCases.map { state in
      var item = made.item().0
      item.state = state
      item.feedbackRequired = true
      return item.need
    }
    #expect(
      needs == [
        .nothing, .receipt, .receipt, .receipt, .feedback, .feedback, .nothing, .nothing, .nothing,
        .nothing,
      ])
  }
}
