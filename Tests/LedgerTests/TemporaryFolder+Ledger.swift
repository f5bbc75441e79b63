import GRDB
import TestSupport

@testable import Ledger

extension TemporaryFolder {
  /// The place of the test's ledger, on the engine that is tested.
  var ledger: String { ledger("node") }

  /// The path of the test's ledger, where it is about a file.
  var ledgerFile: String { file("node.sqlite") }

  /// The place of a ledger by its name.
  func ledger(_ name: String) -> String { TestStore.place(file("\(name).sqlite")) }

  /// Does something to the test's ledger behind its back; the ledger must be closed.
  ///
  /// - Throws: what the engine says.
  func intrude(_ sql: String) throws {
    guard TestStore.server != nil else {
      let file = try DatabaseQueue(path: ledgerFile)
      defer { try? file.close() }
      return try file.write { try $0.execute(sql: sql) }
    }
    // A trigger of this engine is named with its table, which begins its own name.
    let trigger = /DROP TRIGGER (\w+)(_is_final|_is_kept)/
    let rendered = PostgreSQLText.of(sql).replacing(trigger) {
      "DROP TRIGGER \($0.1)\($0.2) ON \($0.1)"
    }
    let complaint = TestStore.intrude(rendered, into: ledger)
    if !complaint.isEmpty { throw Refused(complaint: complaint) }
  }

  /// The engine did not do it.
  struct Refused: Error { let complaint: String }
}
