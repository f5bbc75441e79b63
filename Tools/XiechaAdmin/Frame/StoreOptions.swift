import ArgumentParser
import Foundation
import Ledger
import LedgerPrograms
import Presentation

/// Which ledger a command works on.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "节点的数据库：文件，或 postgresql: 连接串 · The node's ledger: a file, or postgresql:…")
  var store: String

  /// The ledger that another option has named.
  static func file(_ path: String) -> StoreOptions {
    var options = StoreOptions()
    options.store = path
    return options
  }

  /// Works on the ledger.
  ///
  /// One that is not there is made, and the console is told so; without a console it is refused.
  func open<Value>(
    creatingOn console: Console? = nil, _ work: (Ledger) async throws -> Value
  ) async throws -> Value {
    if !Ledger.isOnServer(store), !FileManager.default.fileExists(atPath: store) {
      guard let console else {
        throw ProgramFailure(
          .badInput, chinese: "没有数据库文件 \(store)", english: "there is no ledger \(store)")
      }
      console.warn(
        "已新建数据库 \(store)；若非本意，请核对 --store",
        "made a new ledger, \(store); if that was not meant, check --store")
    }
    return try await Ledger.use(store, options: LedgerOptions(owner: .administration), work)
  }
}
