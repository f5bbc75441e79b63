import Credentials
import Foundation
import GRDB
import TestSupport

@testable import Ledger

extension TemporaryFolder {
  /// The place of the test's ledger, on the engine that is tested.
  var ledger: String { ledger("node") }

  /// The path of the test's ledger, where it is about a file.
  var ledgerFile: String { file("node.sqlite") }

  /// The place of a ledger by its name.
  func ledger(_ name: String) -> String {
    let place = TestStore.place(file("\(name).sqlite"))
    if TestStore.sealsFiles { seal(place) }
    return place
  }

  /// Seals a ledger that is not there yet.
  private func seal(_ path: String) {
    guard !FileManager.default.fileExists(atPath: path + ".keys") else { return }
    do {
      try SecretKeyFile(for: .store, madeOn: "2026-11-28").write(
        to: path + ".store-key", overwrite: false)
      _ = try Ledger.seal(path, with: path + ".store-key", on: "2026-11-28")
    } catch {
      preconditionFailure("the ledger of a test could not be sealed: \(error)")
    }
  }

  /// Lets a copy of the test's ledger be opened: one of a sealed ledger is sealed with the same keys.
  func lendKeys(to copy: String) throws {
    guard FileManager.default.fileExists(atPath: ledgerFile + ".keys") else { return }
    try FileManager.default.copyItem(atPath: ledgerFile + ".keys", toPath: file(copy) + ".keys")
  }

  /// Does something to the test's ledger behind its back; the ledger must be closed.
  ///
  /// - Throws: what the engine says.
  func intrude(_ sql: String) throws {
    guard TestStore.server != nil else {
      let seal = try DataKeys(beside: ledgerFile).map { _ in
        try SealRing(of: ledgerFile, keyFile: nil)
      }
      try seal?.attach(to: ledgerFile)
      defer { seal?.detach(from: ledgerFile) }
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
