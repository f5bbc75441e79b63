import Foundation
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import Ledger

@Suite("Statements are values with names") struct StatementTests {
  let folder: TemporaryFolder
  let file: DatabaseQueue

  init() throws {
    folder = try TemporaryFolder()
    try Ledger(path: folder.ledgerFile).close()
    file = try DatabaseQueue(path: folder.ledgerFile)
  }

  @Test("The list of all statements has each one that the code makes")
  func completeness() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Ledger")
    let made = /static let (\w+) = (Statement\(|ofGathering\(|StatementFamily<)/
    var names: Set<String> = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path())
    where path.hasSuffix(".swift") && !path.hasPrefix("Engines/") {
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      names.formUnion(text.matches(of: made).map { String($0.1) })
    }
    #expect(Set(EveryStatement.all.map(\.name)) == names)
  }

  @Test("Statements of different texts have different names, but in a family")
  func names() {
    let single = Dictionary(grouping: EveryStatement.all, by: \.statement.name)
    for (name, statements) in single {
      #expect(Set(statements.map(\.name)).count == 1, "\(name) is the name of several statements")
    }
  }

  @Test("The tables of the vocabulary are those of the engine")
  func tables() throws {
    let names = try file.read { file in
      try String.fetchAll(
        file,
        sql: """
          SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
          AND name NOT LIKE 'grdb%'
          """)
    }
    #expect(Set(names) == Set(LedgerTable.allCases.map(\.rawValue)))
  }

  @Test("Every statement names the tables that the engine opens for it")
  func opened() throws {
    try file.read { file in
      for (name, statement) in EveryStatement.all {
        let opened = try Self.tablesOpened(by: statement, in: file)
        let isOfGathering = statement.tables.isEmpty
        let named = LedgerTable.Some(namedIn: statement.text)
        let beside = try Self.tablesBeside(named, in: file)
        #expect(opened.subtracting(beside).isSubset(of: named), "\(name)")
        #expect(isOfGathering || statement.tables == named, "\(name)")
      }
    }
  }

  @Test("Traces of an item, of an account and of a time are found without a scan")
  func traceSearch() throws {
    let found: [(LedgerStatement, String)] = [
      (.tracesOfItem, "trace_item"), (.tracesOfAccount, "trace_account"),
      (.tracesInTime, "trace_at"),
    ]
    try file.read { file in
      for (statement, index) in found {
        let explained = try file.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement.text)
        let count = Int(sqlite3_bind_parameter_count(explained.sqliteStatement))
        explained.setUncheckedArguments(StatementArguments(repeatElement(1 as Int?, count: count)))
        let plan = try Row.fetchAll(explained).map { $0["detail"] as String }
        // One step: no scan, and no sorting behind it.
        #expect(
          plan.count == 1 && plan[0].hasPrefix("SEARCH trace USING INDEX \(index) "), "\(plan)")
      }
    }
  }

  @Test("Only what gathers runs past what is gathered")
  func gathering() {
    let past = EveryStatement.all.filter { $0.statement.tables.isEmpty }.map(\.name)
    #expect(
      Set(past) == [
        "changeItem", "insertItem", "insertOutboxPeer", "itemByID", "lastItem", "moveOutboxTail",
        "outboxTail",
      ])
  }

  /// The tables whose rows or indexes the compiled statement opens.
  private static func tablesOpened(
    by statement: LedgerStatement, in file: Database
  ) throws -> LedgerTable.Some {
    let explained = try file.makeStatement(sql: "EXPLAIN " + statement.text)
    let count = Int(sqlite3_bind_parameter_count(explained.sqliteStatement))
    explained.setUncheckedArguments(StatementArguments(repeatElement(nil as Int?, count: count)))
    var opened = LedgerTable.Some([])
    let rows = try Row.fetchAll(explained)
    for row in rows where ["OpenRead", "OpenWrite"].contains(row["opcode"] as String?) {
      let page: Int = row["p2"]
      let name = try String.fetchOne(
        file, sql: "SELECT tbl_name FROM sqlite_master WHERE rootpage = ?", arguments: [page])
      if let name, let table = LedgerTable(rawValue: name) {
        opened.insert(LedgerTable.Some(table))
      }
    }
    return opened
  }

  /// The tables that the engine looks into by itself: where keys refer to, what triggers change.
  ///
  /// None of them is looked at for what a request may have gathered.
  private static func tablesBeside(
    _ tables: LedgerTable.Some, in file: Database
  ) throws -> LedgerTable.Some {
    let triggered = [LedgerTable.node, .account, .accountCertificate].contains {
      tables.contains(LedgerTable.Some($0))
    }
    var beside = triggered ? LedgerTable.Some(.setting) : []
    for child in LedgerTable.allCases {
      let parents = try Row.fetchAll(file, sql: "PRAGMA foreign_key_list(\(child.rawValue))")
      for parent in parents.compactMap({ LedgerTable(rawValue: $0["table"]) }) {
        if tables.contains(LedgerTable.Some(child)) { beside.insert(LedgerTable.Some(parent)) }
        if tables.contains(LedgerTable.Some(parent)) { beside.insert(LedgerTable.Some(child)) }
      }
    }
    return beside
  }
}
