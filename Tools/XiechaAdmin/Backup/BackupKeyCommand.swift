import ArgumentParser
import Backups
import ExchangeRules
import LedgerPrograms
import Presentation
import Program

/// `backup key …`: the keys that backups are made with.
struct BackupKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "备份密钥 · The keys of backups; whoever loses them has no backups.",
    subcommands: [Create.self, Rotate.self, Show.self])

  /// Today in China.
  private static var today: String { "\(CivilDate(chinaDateOf: SystemClock.milliseconds))" }

  struct Create: Command {
    static let configuration = CommandConfiguration(
      abstract: "新建 · Make a file with one new key, 0600; keep a copy of it elsewhere.")

    @Argument(help: "密钥文件，不得已存在 · The new file.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let keys = BackupKeyFile(madeOn: BackupKeyCommand.today)
      try keys.write(to: file, overwrite: false)
      try console.done(
        BackupKeyValue(keys.inUse, isInUse: true), "已生成密钥 \(keys.inUse.identity)，写入 \(file)；请另存一份",
        "made the key \(keys.inUse.identity) in \(file); keep a copy elsewhere")
      return .done
    }
  }

  struct Rotate: Command {
    static let configuration = CommandConfiguration(
      abstract: "更换 · Put a new key in front; the others stay, to read what they made.")

    @Argument(help: "密钥文件 · The file of the keys.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      var keys = try BackupKeyFile(reading: file)
      keys.rotate(on: BackupKeyCommand.today)
      try keys.write(to: file, overwrite: true)
      try console.done(
        BackupKeyValue(keys.inUse, isInUse: true),
        "今后用密钥 \(keys.inUse.identity) 备份；旧密钥保留 \(keys.keys.count - 1) 个；请另存一份",
        "backups are made with the key \(keys.inUse.identity) from now on; \(keys.keys.count - 1) older "
          + "kept; keep a copy elsewhere")
      return .done
    }
  }

  struct Show: Command {
    static let configuration = CommandConfiguration(
      abstract: "列出 · The identities of the keys, never the keys.")

    @Argument(help: "密钥文件 · The file of the keys.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let keys = try BackupKeyFile(reading: file)
      try console.list(
        keys.keys.map { BackupKeyValue($0, isInUse: $0 == keys.inUse) },
        [
          TextTable.Column(console.text("密钥", "key"), isWhole: true),
          TextTable.Column(console.text("生成日期", "made"), isWhole: true),
          TextTable.Column(console.text("在用", "in use")),
        ]
      ) { [$0.key, $0.made, $0.inUse ? console.text("是", "yes") : ""] }
      return .done
    }
  }
}

/// A key as programs see it.
struct BackupKeyValue: Encodable {
  var key: String
  var made: String
  var inUse: Bool

  init(_ key: BackupKey, isInUse: Bool) {
    self.key = key.identity
    made = key.made
    inUse = isInUse
  }
}
