import Dispatch
import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("Commits share transactions and stand alone") struct CommitTests {
  struct Refusal: Error, Equatable {}

  let folder: TemporaryFolder
  let made = Made(seed: 10)

  init() throws { folder = try TemporaryFolder() }

  @Test("Requests that wait share one transaction")
  func sharing() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let results = try await whileWriterIsHeld(ledger, requests: 100) { [made] transaction, _ in
      let (item, entered) = made.item()
      return try transaction.insert(item, entered: entered)
    }
    #expect(results.compactMap { try? $0.get() } == [InsertOutcome](repeating: .new, count: 100))
    #expect(ledger.commitStatistics.transactions == 2)
    #expect(ledger.commitStatistics.requests == 101)
  }

  @Test("One refusal sinks nobody else, whether it comes before or after a change")
  func refusals() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let items = (0..<30).map { _ in made.item() }
    let results = try await whileWriterIsHeld(ledger, requests: 30) { transaction, place in
      if place % 10 == 3 { throw Refusal() }
      let (item, entered) = items[place]
      let outcome = try transaction.insert(item, entered: entered)
      if place % 10 == 7 { throw Refusal() }
      return outcome
    }
    for (place, result) in results.enumerated() {
      let isRefused = place % 10 == 3 || place % 10 == 7
      #expect((try? result.get()) == (isRefused ? nil : .new))
      if case .failure(let error) = result { #expect(error is Refusal) }
      let id = items[place].0.id
      let events = try await ledger.read { try $0.events(of: id) }
      #expect(events == (isRefused ? [] : [items[place].1]))
    }
  }

  @Test("A statement that the schema refuses undoes its own request only")
  func constraint() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let items = (0..<3).map { _ in made.item() }
    let results = try await whileWriterIsHeld(ledger, requests: 3) { transaction, place in
      _ = try transaction.insert(items[place].0, entered: items[place].1)
      if place == 1 {
        _ = try transaction.change(
          Statement("break a rule", "UPDATE item SET state = 12 WHERE id = ?"),
          [.id(items[1].0.id)])
      }
      return true
    }
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 2)
  }

  @Test("A request sees what it has changed, in each question that it asks")
  func ownChanges() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (item, entered) = made.item()
    try await ledger.commit { transaction in
      _ = try transaction.insert(item, entered: entered)
      try transaction.update(item.id, ItemChange(.submitted, at: Made.noon))
      #expect(try transaction.item(item.id)?.state == .submitted)
      #expect(try transaction.countsByState(.all) == [.submitted: 1])
      try transaction.update(item.id, ItemChange(.relayed, at: Made.noon))
      #expect(try transaction.append(entered.id, toOutboxOf: "44") == 1)
      #expect(try transaction.items(ItemQuery(.all)).map(\.item.state) == [.relayed])
      #expect(try transaction.append(entered.id, toOutboxOf: "44") == 2)
      #expect(try transaction.outboxStanding(of: "44").last == 2)
    }
    #expect(try await ledger.read { try $0.item(item.id) }?.state == .relayed)
  }

  @Test("What a refused request meant to change is gone, for those that share its transaction too")
  func refusedChange() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (item, entered) = made.item()
    try await ledger.commit { transaction in
      _ = try transaction.insert(item, entered: entered)
      try transaction.append(entered.id, toOutboxOf: "44")
    }
    let states = try await whileWriterIsHeld(ledger, requests: 3) { transaction, place in
      if place == 1 {
        try transaction.update(item.id, ItemChange(.closed, at: Made.noon))
        try transaction.append(entered.id, toOutboxOf: "44")
        throw Refusal()
      }
      try transaction.update(item.id, ItemChange(.submitted, at: Made.noon))
      _ = try transaction.append(entered.id, toOutboxOf: "44")
      return try transaction.item(item.id)?.state
    }
    #expect(states.map { try? $0.get() } == [.submitted, nil, .submitted])
    #expect(try await ledger.read { try $0.item(item.id) }?.times.closed == 0)
    #expect(try await ledger.read { try $0.outboxStanding(of: "44") }.last == 3)
    #expect(
      try await ledger.read { try $0.outbox(for: "44", after: 0, limit: 9) }.map(\.sequence)
        == [1, 2, 3])
  }

  @Test("A request that its task took back while it waited is not begun; the others are done")
  func takenBack() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (gate, isHeld) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    ledger.commit(
      { _ in
        isHeld.signal()
        gate.wait()
      }, completion: { _ in })
    await blocking { isHeld.wait() }
    let items = (0..<2).map { _ in made.item() }
    let tasks = items.map { item, entered in
      Task { try await ledger.commit { try $0.insert(item, entered: entered) } }
    }
    tasks[0].cancel()
    gate.signal()
    await #expect(throws: CancellationError.self) { _ = try await tasks[0].value }
    #expect(try await tasks[1].value == .new)
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 1)
    #expect(ledger.commitStatistics.requests == 2)
  }

  @Test("Past the queue's limit a request is refused at once, with a time to try again")
  func busy() async throws {
    let ledger = try Ledger(
      path: folder.ledger, options: LedgerOptions(batchRequests: 4, queuedRequests: 8))
    let results = try await whileWriterIsHeld(ledger, requests: 12) { _, place in place }
    let failures = results.compactMap { result -> LedgerFailure? in
      if case .failure(let error) = result { error as? LedgerFailure } else { nil }
    }
    #expect(results.compactMap { try? $0.get() } == Array(0..<8))
    #expect(failures.map(\.reason) == [.busy, .busy, .busy, .busy])
    #expect(failures.allSatisfy { ($0.retryAfterMilliseconds ?? 0) > 0 })
    #expect(ledger.commitStatistics.transactions == 3)
  }

  @Test("On a full disk the batch fails whole, and the ledger goes on")
  func diskFull() async throws {
    let small = try Ledger(
      path: folder.ledgerFile, options: LedgerOptions(maximumBytes: 120 * 4096))
    let items = (0..<200).map { _ in made.item(body: [UInt8](repeating: 9, count: 3000)) }
    var kept = 0
    var failure: LedgerFailure?
    for (item, entered) in items where failure == nil {
      do {
        _ = try await small.commit { try $0.insert(item, entered: entered) }
        kept += 1
      } catch {
        failure = error as? LedgerFailure
      }
    }
    #expect(failure?.reason == .diskFull)
    #expect(kept > 10)
    let results = try await whileWriterIsHeld(small, requests: 5) { transaction, place in
      try transaction.insert(items[100 + place].0, entered: items[100 + place].1)
    }
    #expect(results.allSatisfy { (try? $0.get()) == nil })
    #expect(try await small.read { try $0.count(ItemQuery(.all)) } == kept)
    let (first, _) = items[0]
    #expect(try await small.commit { try $0.update(first.id, ItemChange(.submitted, at: 5)) })
    #expect(try await small.damage() == [])
    try small.close()
    let large = try Ledger(path: folder.ledgerFile)
    let (item, entered) = items[150]
    #expect(try await large.commit { try $0.insert(item, entered: entered) } == .new)
  }

  @Test("Work that catches the ledger's own trouble and goes on is taken back with its batch")
  func hiddenTrouble() async throws {
    let small = try Ledger(
      path: folder.ledgerFile, options: LedgerOptions(maximumBytes: 120 * 4096))
    let results = try await whileWriterIsHeld(small, requests: 3) { [made] transaction, place in
      let size = place == 1 ? 1_000_000 : 1
      let (item, entered) = made.item(body: [UInt8](repeating: 9, count: size))
      return try? transaction.insert(item, entered: entered)
    }
    for result in results {
      let failure = #expect(throws: LedgerFailure.self) { _ = try result.get() }
      #expect(failure?.reason == .diskFull)
    }
    #expect(try await small.read { try $0.count(ItemQuery(.all)) } == 0)
    #expect(try await small.damage() == [])
  }

  @Test("What waits at the close is written; what comes later is refused")
  func closing() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let items = (0..<10).map { _ in made.item() }
    let outcomes = Guarded<[Bool]>([])
    for (item, entered) in items {
      ledger.commit(
        { try $0.insert(item, entered: entered) },
        completion: { result in
          outcomes.withLock { $0.append((try? result.get()) == .new) }
        })
    }
    try ledger.close()
    #expect(outcomes.withLock { $0 } == [Bool](repeating: true, count: 10))
    await #expect(throws: LedgerFailure.self) { try await ledger.commit { _ in 1 } }
    let again = try Ledger(path: folder.ledger)
    #expect(try await again.read { try $0.count(ItemQuery(.all)) } == 10)
  }

  /// Holds the writer inside a first commit until all requests are in the queue; their results by
  /// place.
  private func whileWriterIsHeld<Value: Sendable>(
    _ ledger: Ledger, requests: Int,
    _ work: @escaping @Sendable (LedgerTransaction, Int) throws -> Value
  ) async throws -> [Result<Value, any Error>] {
    let gate = DispatchSemaphore(value: 0)
    let results = Guarded<[Int: Result<Value, any Error>]>([:])
    let done = DispatchGroup()
    done.enter()
    let isHeld = DispatchSemaphore(value: 0)
    ledger.commit(
      { _ in
        isHeld.signal()
        gate.wait()
      }, completion: { _ in done.leave() })
    await blocking { isHeld.wait() }
    for place in 0..<requests {
      done.enter()
      ledger.commit(
        { try work($0, place) },
        completion: { result in
          results.withLock { $0[place] = result }
          done.leave()
        })
    }
    gate.signal()
    await blocking { done.wait() }
    let all = results.withLock { $0 }
    return (0..<requests).compactMap { all[$0] }
  }

  /// Waits on a thread that nobody else needs.
  private func blocking(_ wait: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        wait()
        continuation.resume()
      }
    }
  }
}
