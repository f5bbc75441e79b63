import ArgumentParser
import Credentials
import ExchangeRules
import Foundation
import Ledger
import LedgerPrograms
import Presentation
import Program

/// `store …`: a ledger that is nothing to whoever copies its files (GB/T 22239 8.1.4.8).
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "数据库加密 · Sealing a node's ledger, and the keys for it.",
    discussion: """
      A sealed ledger is encrypted page by page (AES-256-GCM), its log and its copies too. Its own \
      keys, one a month, stand beside it in FILE.keys, wrapped by the store's key, which lies \
      elsewhere: whoever loses one of the two has only the backups left.
      """,
    subcommands: [Key.self, Seal.self, Rotate.self, Locate.self])

  struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "数据库密钥 · The store's key: it belongs on another disk, or is root's.",
      subcommands: [CreateKey<StoreKeys>.self, ShowKeys<StoreKeys>.self])
  }

  struct Seal: Command {
    static let configuration = CommandConfiguration(
      abstract: "加密 · Seal a ledger, or one that is still to be made; its node is stopped.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var key: StoreKeyOptions
    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let name = store.store
      let keys = try SecretKeyFile(for: .store, reading: key.key)
      if dryRun.dryRun {
        try console.done(
          ["store": name, "storeKey": keys.inUse.identity],
          "将用密钥 \(keys.inUse.identity) 加密 \(name)；此前须停止节点",
          "would seal \(name) with the key \(keys.inUse.identity); its node must be stopped")
        return .done
      }
      if !Ledger.isOnServer(name), !FileManager.default.fileExists(atPath: name) {
        console.warn(
          "\(name) 尚不存在，建立时即加密；若非本意，请核对 --store",
          "there is no \(name) yet, it is sealed when it is made; if that was not meant, check --store"
        )
      }
      let standing = try Ledger.seal(name, with: key.key, on: CivilDate.today)
      try await leaveTrace("store.seal", of: standing, in: name)
      try console.done(
        SealValue(standing), "已加密 \(name)：密钥在 \(key.key)，数据密钥在 \(name).keys，各存一份副本",
        "sealed \(name): keep copies of \(key.key) and of \(name).keys, apart from each other")
      return .done
    }
  }

  struct Rotate: Command {
    static let configuration = CommandConfiguration(
      abstract: "更换密钥 · Replace the store's key beside the running node; no page is written.",
      discussion: """
        Killed in between, it is done by doing it again. A packaged node is started again before \
        the month ends: it was handed the key of before.
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let name = store.store
      let standing = try Ledger.rotateStoreKey(of: name, on: CivilDate.today)
      try await leaveTrace("store.rotate", of: standing, in: name)
      let key = standing.storeKeys.joined(separator: " ")
      try console.done(
        SealValue(standing), "\(name) 的密钥已换为 \(key)（\(standing.keyFile)）；旧密钥已作废，请另存一份",
        "the key of \(name) is \(key) now (\(standing.keyFile)); the old one opens nothing: keep a "
          + "copy elsewhere")
      return .done
    }
  }

  struct Locate: Command {
    static let configuration = CommandConfiguration(
      abstract: "密钥位置 · The store's key lies in another file now.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var key: StoreKeyOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let standing = try Ledger.moveStoreKey(of: store.store, to: key.key)
      try console.done(
        SealValue(standing), "\(store.store) 的密钥今后从 \(key.key) 读取",
        "the key of \(store.store) is read from \(key.key) from now on")
      return .done
    }
  }

  private static func leaveTrace(
    _ action: String, of standing: SealStanding, in store: String
  ) async throws {
    _ = try await Ledger.use(store, options: LedgerOptions(owner: .administration)) { ledger in
      try await ledger.commit { ledger in
        try ledger.leaveTrace(
          TraceEntry(
            at: SystemClock.milliseconds,
            actor: try Administrator.actor(in: ledger, as: .securityAdministrator),
            action: action, purpose: standing.storeKeys.joined(separator: " ")))
      }
    }
  }
}

/// Where the key of a store is.
struct StoreKeyOptions: ParsableArguments {
  @Option(name: .long, help: "数据库密钥文件 · The file of the store's key.")
  var key: String
}

/// How a ledger is sealed, as programs see it.
struct SealValue: Encodable {
  var keyFile: String
  var storeKeys: [String]
  var dataKeys: Int
  var newest: String

  init(_ standing: SealStanding) {
    keyFile = standing.keyFile
    storeKeys = standing.storeKeys
    dataKeys = standing.dataKeys
    newest = standing.newest
  }
}
