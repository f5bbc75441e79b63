import ArgumentParser
import Exchange
import Foundation
import Ledger

/// Which ledger a command works on.
struct StoreOptions: ParsableArguments {
  @Option(name: .long, help: "节点的数据库文件 · The node's ledger, such as 440306.sqlite.")
  var store: String

  /// Works on the ledger. One that is not there is created only where `creating` says so.
  func open<Value>(
    creating: Bool = false, _ work: (Ledger) async throws -> Value
  ) async throws -> Value {
    if !creating, !FileManager.default.fileExists(atPath: store) {
      throw ProgramFailure(
        .badInput, chinese: "没有数据库文件 \(store)", english: "there is no ledger \(store)")
    }
    let ledger = try Ledger(
      path: store, options: LedgerOptions(owner: .administration))
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await work(ledger))
    } catch {
      outcome = .failure(error)
    }
    try ledger.close()
    return try outcome.get()
  }
}
