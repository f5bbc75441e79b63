import ArgumentParser
import Credentials
import ExchangeRules
import Presentation
import Program

/// What the keys of a command are for.
protocol KeyPurpose {
  static var purpose: SecretKey.Purpose { get }
}

/// Backups are made with them.
enum BackupKeys: KeyPurpose {
  static let purpose = SecretKey.Purpose.backups
}

/// They wrap the keys of a sealed ledger.
enum StoreKeys: KeyPurpose {
  static let purpose = SecretKey.Purpose.store
}

/// `… key create`: a new file of one key.
struct CreateKey<Keys: KeyPurpose>: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "create",
      abstract: "新建 · Make a file with one new key, 0600; keep a copy of it elsewhere.")
  }

  @Argument(help: "密钥文件，不得已存在 · The new file.")
  var file: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let keys = SecretKeyFile(for: Keys.purpose, madeOn: CivilDate.today)
    try keys.write(to: file, overwrite: false)
    try console.done(
      SecretKeyValue(keys.inUse, isInUse: true),
      "已生成密钥 \(keys.inUse.identity)，写入 \(file)；请另存一份",
      "made the key \(keys.inUse.identity) in \(file); keep a copy elsewhere")
    return .done
  }
}

/// `… key show`: which keys a file has.
struct ShowKeys<Keys: KeyPurpose>: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show", abstract: "列出 · The identities of the keys, never the keys.")
  }

  @Argument(help: "密钥文件 · The file of the keys.")
  var file: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let keys = try SecretKeyFile(for: Keys.purpose, reading: file)
    try console.list(
      keys.keys.map { SecretKeyValue($0, isInUse: $0 == keys.inUse) },
      [
        TextTable.Column(console.text("密钥", "key"), isWhole: true),
        TextTable.Column(console.text("生成日期", "made"), isWhole: true),
        TextTable.Column(console.text("在用", "in use")),
      ]
    ) { [$0.key, $0.made, $0.inUse ? console.text("是", "yes") : ""] }
    return .done
  }
}

/// A key as programs see it.
struct SecretKeyValue: Encodable {
  var key: String
  var made: String
  var inUse: Bool

  init(_ key: SecretKey, isInUse: Bool) {
    self.key = key.identity
    made = key.made
    inUse = isInUse
  }
}

extension CivilDate {
  /// Today in China, such as `2026-12-01`.
  static var today: String { "\(CivilDate(chinaDateOf: SystemClock.milliseconds))" }
}
