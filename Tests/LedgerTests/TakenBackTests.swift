import ExchangeRules
import GRDB
import TestSupport
import Testing

@testable import Ledger

@Suite("A store of before items could be taken back")
struct TakenBackTests {
  @Test("It takes withdrawn items and the events that take back, its rows as they were")
  func older() async throws {
    let (folder, made) = (try TemporaryFolder(), Made(seed: 11))
    let (stored, entered) = made.item()
    var item = stored
    item.times.entered = entered.at
    let first = try Ledger(path: folder.ledgerFile)
    try await first.commit { _ = try $0.insert(stored, entered: entered) }
    try first.close()
    let queue = try DatabaseQueue(path: folder.ledgerFile)
    try await queue.write {
      try $0.execute(
        sql: OlderStore.withoutRemoval + """
          DELETE FROM grdb_migrations WHERE identifier LIKE '% taken back';
          ALTER TABLE item DROP COLUMN time_withdrawn;
          ALTER TABLE item DROP COLUMN taken_from;
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = replace(sql, 'BETWEEN 1 AND 10', 'BETWEEN 1 AND 9')
            WHERE name = 'item';
          UPDATE sqlite_master SET sql = replace(sql, 'BETWEEN 1 AND 11', 'BETWEEN 1 AND 10')
            WHERE name = 'item_event';
          PRAGMA writable_schema = RESET;
          """)
    }
    try queue.close()

    let updated = try Ledger(path: folder.ledgerFile)
    let id = item.id
    let kept = try await updated.read { try $0.item(id) }
    #expect(kept == item)
    item.state = .withdrawn
    item.takenFrom = "441702102"
    let (withdrawn, back) = (item, made.event(of: id, .takenBack))
    let outcome = try await updated.commit { ledger in
      try ledger.rewrite(withdrawn)
      return try ledger.insert(back)
    }
    #expect(outcome == .new)
    let read = try await updated.read { try $0.item(id) }
    #expect(read == withdrawn)
    try updated.close()
    let checked = try DatabaseQueue(path: folder.ledgerFile)
    let faults = try await checked.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(faults == ["ok"])
    let refused = await #expect(throws: DatabaseError.self) {
      try await checked.write { try $0.execute(sql: "UPDATE item SET state = 11") }
    }
    #expect(refused?.resultCode == .SQLITE_CONSTRAINT)
    try checked.close()
  }
}
