import Dispatch
import ExchangeRules
import Foundation
import Ledger
import TestSupport
import Testing

@Suite("A crash keeps what was acknowledged and no half of anything") struct CrashTests {
  let folder: TemporaryFolder
  let made = Made(seed: 50)

  init() throws { folder = try TemporaryFolder() }

  @Test("A crash in the middle of a transaction keeps what was acknowledged before it, whole")
  func inTheMiddle() async throws {
    let ledger = try Ledger(path: folder.ledgerFile)
    let kept = (0..<20).map { _ in made.item() }
    for (item, entered) in kept { try await made.submit(item, entered, to: ledger) }
    let (item, entered) = made.item()
    let gate = DispatchSemaphore(value: 0)
    // The writer stops after its changes and before its commit; then the files are what a crash
    // would leave.
    let crashed = folder.file("crashed.sqlite")
    let copied = Task { [folder] in
      try await ledger.commit { transaction in
        _ = try transaction.insert(item, entered: entered)
        for suffix in ["", "-wal"] {
          try FileManager.default.copyItem(
            atPath: folder.ledgerFile + suffix, toPath: crashed + suffix)
        }
        gate.signal()
      }
    }
    try await copied.value
    let again = try Ledger(path: crashed)
    #expect(try await again.damage() == [])
    #expect(try await again.read { try $0.count(ItemQuery(.all)) } == 20)
    for (item, entered) in kept {
      #expect(try await again.read { try $0.events(of: item.id) }.first == entered)
    }
    #expect(try await again.read { try $0.outboxStanding(of: "44") }.waiting == 20)
    #expect(try await again.commit { try $0.insert(item, entered: entered) } == .new)
  }

  @Test(
    "A log torn at any byte gives the commits before it, in order, each whole", arguments: 0..<4)
  func tornLog(seed: Int) async throws {
    var random = SeededNumbers(seed: UInt64(seed) + 900)
    let ledger = try Ledger(path: folder.ledgerFile)
    // The schema goes into the file, so that every tear leaves a ledger.
    try ledger.close()
    let open = try Ledger(path: folder.ledgerFile)
    let items = (0..<30).map { _ in
      made.item(body: [UInt8](repeating: 3, count: made.number(below: 3000)))
    }
    for (item, entered) in items { try await made.submit(item, entered, to: open) }
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.ledgerFile + "-wal"))
    var survivors: Set<Int> = []
    for attempt in 0..<12 {
      let torn = folder.file("torn\(attempt).sqlite")
      try FileManager.default.copyItem(atPath: folder.ledgerFile, toPath: torn)
      let length = Int.random(in: 0...log.count, using: &random)
      try log.prefix(length).write(to: URL(fileURLWithPath: torn + "-wal"))
      let again = try Ledger(path: torn)
      #expect(try await again.damage() == [])
      let count = try await again.read { try $0.count(ItemQuery(.all)) }
      survivors.insert(count)
      for (place, (item, entered)) in items.enumerated() {
        let events = try await again.read { try $0.events(of: item.id) }
        #expect(events.count == (place < count ? 2 : 0))
        #expect(events.first == (place < count ? entered : nil))
        let state = try await again.read { try $0.item(item.id)?.state }
        #expect(state == (place < count ? .submitted : nil))
      }
      let standing = try await again.read { try $0.outboxStanding(of: "44") }
      #expect(standing.last == UInt64(count))
      try again.close()
    }
    // The tears fell into different places, or this test would show nothing.
    #expect(survivors.count > 3)
  }

  /// A submission as a node makes it: four kinds of change that belong together.
}
