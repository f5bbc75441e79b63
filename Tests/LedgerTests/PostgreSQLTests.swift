import Dispatch
import ExchangeRules
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// What only the second engine has; what both have is tested by all the other suites, on the engine
/// that `Tools/postgresql` chooses.
@Suite("A ledger in a PostgreSQL database", .enabled(if: TestStore.server != nil))
struct PostgreSQLTests {
  let folder: TemporaryFolder
  let made = Made(seed: 70)

  init() throws { folder = try TemporaryFolder() }

  // MARK: The two schemas

  @Test("Both engines have the same tables with the same columns, and the same references")
  func schemas() throws {
    try Ledger(path: folder.ledger).close()
    try Ledger(path: folder.ledgerFile).close()
    let columns = LedgerStatement(
      "columns",
      """
      SELECT table_name::text, column_name::text FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name <> '\(PostgreSQLSchema.versionTable)'
      """)
    let connection = try connect()
    var found: Set<[String]> = []
    try connection.send(columns)
    try connection.collect { row in
      found.insert([row.text(0), row.text(1)])
      return true
    }
    let file = try DatabaseQueue(path: folder.ledgerFile)
    let (expected, references) = try file.read { file in
      var columns: Set<[String]> = []
      var references: Set<[String]> = []
      for table in LedgerTable.allCases.map(\.rawValue) {
        for row in try Row.fetchAll(file, sql: "PRAGMA table_xinfo(\(table))") {
          columns.insert([table, row["name"]])
        }
        for row in try Row.fetchAll(file, sql: "PRAGMA foreign_key_list(\(table))") {
          references.insert([table, row["from"], row["table"]])
        }
      }
      return (columns, references)
    }
    #expect(found == expected)
    let own = PostgreSQLSchema.references.map { [$0.table, $0.column, $0.parent] }
    #expect(Set(own) == references)
  }

  @Test("The server understands every statement of the ledger")
  func everyStatement() throws {
    try Ledger(path: folder.ledger).close()
    let connection = try connect()
    for (name, statement) in EveryStatement.all {
      let text = PostgreSQLText.of(statement.text)
      let highest = text.matches(of: /\$(\d+)/).compactMap { Int($0.1) }.max() ?? 0
      // Without values, the server infers the type of each: that of the column beside it. Where two
      // values stand beside each other, there is none.
      let values: [StoredValue] =
        name == "changePassword"
        ? [.text(""), .integer(0), .integer(0), .text("")]
        : Array(repeating: .null, count: highest)
      do {
        try connection.send(statement, values)
        try connection.collect()
      } catch let failure as EngineFailure where failure.failure.reason == .invalid {
        // A column that takes no NULL, or a trigger: the text is understood.
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test(
    "A value's place and a blob are written in the engine's way, and nothing else changes",
    arguments: [
      ("SELECT ? , ?", "SELECT $1 , $2"), ("SELECT ?2, ?1, ?", "SELECT $2, $1, $3"),
      ("x = '?' AND y = ?", "x = '?' AND y = $1"), ("seal = x''", "seal = '\\x'::bytea"),
      ("'x''' = ?12", "'x''' = $12"), ("body = x'0a1b'", "body = '\\x0a1b'::bytea"),
    ])
  func rendering(text: String, rendered: String) {
    #expect(PostgreSQLText.of(text) == rendered)
  }

  // MARK: Opening

  @Test("A password in the connection string is refused: command lines are read by others")
  func password() {
    for place in [
      "postgresql://xiecha:secret@localhost/x", "postgresql:///x?password=secret",
    ] {
      let failure = #expect(throws: LedgerFailure.self) { try Ledger(path: place) }
      #expect(failure?.reason == .invalid)
      #expect(failure?.text.contains("passfile=") == true)
      #expect(failure?.text.contains("secret") == false)
    }
    let unreadable = #expect(throws: LedgerFailure.self) {
      try Ledger(path: "postgresql:///x?secret")
    }
    #expect(unreadable?.reason == .invalid)
    #expect(unreadable?.text.contains("secret") == false)
  }

  @Test("A server that is not there is named with the remedy")
  func nobodyThere() throws {
    let nowhere = "postgresql:///x?host=\(folder.path)"
    #expect(try refusal(nowhere) == .unreadable)
    // Once the ledger is open, it is a matter of time.
    let opening = PostgreSQLOpening(place: try PostgreSQLPlace(nowhere), options: LedgerOptions())
    let again = #expect(throws: EngineFailure.self) { try opening.openAgain() }
    #expect(again?.failure.reason == .busy)
    #expect(again?.concernsAll == true)
  }

  @Test("A database of another program is named and left as it is")
  func otherDatabase() throws {
    #expect(TestStore.intrude("CREATE TABLE fish (name TEXT)", into: folder.ledger) == "")
    #expect(try refusal(folder.ledger) == .notALedger)
    #expect(TestStore.intrude("DROP TABLE fish", into: folder.ledger) == "")
    try Ledger(path: folder.ledger).close()
  }

  @Test("A ledger of a newer version is refused, with its version")
  func newerVersion() throws {
    try Ledger(path: folder.ledger).close()
    try folder.intrude("UPDATE \(PostgreSQLSchema.versionTable) SET version = '9 dreams'")
    let failure = #expect(throws: LedgerFailure.self) { try Ledger(path: folder.ledger) }
    #expect(failure?.reason == .newerVersion)
    #expect(failure?.text.contains("9 dreams") == true)
  }

  @Test("Copies and a largest size are the server's: both are refused, with what to do instead")
  func refusals() throws {
    let ledger = try Ledger(path: folder.ledger)
    let copy = #expect(throws: LedgerFailure.self) { try ledger.copy(to: folder.file("copy")) }
    #expect(copy?.text.contains("pg_basebackup") == true)
    #expect(throws: LedgerFailure.self) { try ledger.gather() }
    #expect(throws: LedgerFailure.self) {
      try Ledger(path: folder.ledger("other"), options: LedgerOptions(maximumBytes: 1 << 30))
    }
  }

  @Test("A row that refers to a missing one is damage")
  func damage() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (item, entered) = made.item()
    _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    #expect(try await ledger.damage() == [])
    try folder.intrude("DELETE FROM item")
    #expect(
      try await ledger.damage() == ["table item_event refers 1 times to a missing row of item"])
  }

  // MARK: One connection's life

  @Test("A statement that fails late undoes its own request only, also where nobody asked for it")
  func lateFailure() async throws {
    let ledger = try Ledger(path: folder.ledger, options: LedgerOptions(stepping: .byHand))
    let items = (0..<4).map { _ in made.item() }
    let results = Guarded<[Bool?]>(Array(repeating: nil, count: 4))
    let breaking = LedgerStatement("break a rule", "UPDATE item SET state = 12 WHERE id = ?")
    for (place, (item, entered)) in items.enumerated() {
      ledger.commit(
        { transaction -> Bool in
          _ = try transaction.insert(item, entered: entered)
          try transaction.settle()
          // The third catches what it is told; the second is not told in time.
          if place == 1 { try transaction.put(breaking, [.id(item.id)]) }
          if place == 2 { _ = try? transaction.change(breaking, [.id(item.id)]) }
          return true
        },
        completion: { result in
          results.withLock { $0[place] = (try? result.get()) != nil }
        })
    }
    while ledger.step() {}
    #expect(results.withLock { $0 } == [true, false, false, true])
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 2)
    #expect(try await ledger.damage() == [])
  }

  @Test("A connection lost in a transaction fails its batch, whole; the next one is done")
  func lostInTheMiddle() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (first, second) = (made.item(), made.item())
    let place = folder.ledger
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { transaction -> Bool in
        _ = try transaction.insert(first.0, entered: first.1)
        Self.cut(place)
        _ = try transaction.insert(second.0, entered: second.1)
        return true
      }
    }
    #expect(failure?.reason == .busy)
    #expect((failure?.retryAfterMilliseconds ?? 0) > 0)
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 0)
    #expect(try await ledger.commit { try $0.insert(first.0, entered: first.1) } == .new)
    #expect(try refusal(folder.ledger) == .inUse)
  }

  @Test("A connection lost between two transactions, or two readings, is noticed by nobody")
  func lostBetween() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let items = (0..<3).map { _ in made.item() }
    for (place, (item, entered)) in items.enumerated() {
      #expect(try await ledger.commit { try $0.insert(item, entered: entered) } == .new)
      #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == place + 1)
      Self.cut(folder.ledger)
    }
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 3)
  }

  @Test("A commit whose answer was lost is looked up: it is done or it is not")
  func lostAnswer() throws {
    try Ledger(path: folder.ledger).close()
    let opening = PostgreSQLOpening(
      place: try PostgreSQLPlace(folder.ledger), options: LedgerOptions())
    for isKept in [true, false] {
      let connection = try opening.openAgain()
      let writer = PostgreSQLWriter(connection, failures: opening.failures) {
        try opening.openAgain()
      }
      try writer.begin()
      let value = "kept \(isKept)"
      _ = try writer.change(.keepSetting, [.text(value), .text("x")])
      // The answer is lost after the server has committed, or before.
      if isKept {
        try connection.send(LedgerStatement("commit", "COMMIT"))
        try connection.collect()
      }
      Self.cut(folder.ledger)
      let outcome = Result { try writer.commit() }
      #expect(((try? outcome.get()) != nil) == isKept)
      try writer.begin()
      var kept = ""
      try writer.run(.setting, [.text(value)]) { row in
        kept = row.text(0)
        return false
      }
      #expect(kept == (isKept ? "x" : ""))
      writer.rollBack()
      writer.close()
    }
  }

  @Test("A list that is left early, or whose reader throws, leaves the connection in order")
  func leftEarly() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let items = (0..<30).map { _ in made.item() }
    try await ledger.commit { transaction in
      for (item, entered) in items { _ = try transaction.insert(item, entered: entered) }
    }
    struct Enough: Error {}
    for _ in 0..<10 {
      let seen = try await ledger.read { reader in
        var seen = 0
        try reader.forRows(.itemsBehind, [.integer(0), .integer(100)]) { _ in
          seen += 1
          return seen < 3
        }
        return seen
      }
      #expect(seen == 3)
      await #expect(throws: Enough.self) {
        try await ledger.read { reader -> Bool in
          try reader.forRows(.itemsBehind, [.integer(0), .integer(100)]) { _ in throw Enough() }
          return true
        }
      }
    }
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 30)
  }

  @Test("More readings than connections wait for each other and are all done")
  func manyReaders() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<64 {
        group.addTask { try await ledger.read { try $0.count(ItemQuery(.all)) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 0, count: 64))
    try ledger.close()
    await #expect(throws: LedgerFailure.self) {
      try await ledger.read { try $0.count(ItemQuery(.all)) }
    }
  }

  @Test("A ledger that is closed lets the reading end that is under way")
  func closing() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (hasBegun, begin) = AsyncStream<Void>.makeStream()
    let hasEnded = Guarded(false)
    let reading = Task {
      try await ledger.read { reader in
        begin.finish()
        for _ in 0..<300 { _ = try reader.count(ItemQuery(.all)) }
        hasEnded.withLock { $0 = true }
      }
    }
    for await _ in hasBegun {}
    try ledger.close()
    #expect(hasEnded.withLock { $0 })
    try await reading.value
  }

  @Test("A text with a NUL, which the server does not take, refuses its request only")
  func nul() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (item, entered) = made.item { $0.maskedName = "a\u{0}b" }
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.insert(item, entered: entered) }
    }
    #expect(failure?.reason == .invalid)
    let (other, otherEntered) = made.item()
    #expect(try await ledger.commit { try $0.insert(other, entered: otherEntered) } == .new)
  }

  // MARK: Help

  private func connect() throws -> PostgreSQLConnection {
    try PostgreSQLConnection(PostgreSQLPlace(folder.ledger), settings: [])
  }

  /// Cuts every connection to a test's ledger.
  private static func cut(_ place: String) {
    let said = TestStore.intrude(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
      """, into: place)
    #expect(said == "")
  }

  private func refusal(_ place: String) throws -> LedgerFailure.Reason? {
    let failure = #expect(throws: LedgerFailure.self) { try Ledger(path: place) }
    return failure?.reason
  }
}
