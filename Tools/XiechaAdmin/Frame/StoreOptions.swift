import ArgumentParser
import Foundation
import Ledger
import LedgerPrograms
import Presentation

/// Which ledger a command works on.
struct StoreOptions: ParsableArguments {
  @Option(name: .long, help: "节点的数据库文件 · The node's ledger, such as 440306.sqlite.")
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
    if !FileManager.default.fileExists(atPath: store) {
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
