import ArgumentParser
import Credentials
import ExchangeRules
import Presentation
import Program

/// `backup key …`: the keys that backups are made with.
struct BackupKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "备份密钥 · The keys of backups; whoever loses them has no backups.",
    subcommands: [CreateKey<BackupKeys>.self, Rotate.self, ShowKeys<BackupKeys>.self])

  struct Rotate: Command {
    static let configuration = CommandConfiguration(
      abstract: "更换 · Put a new key in front; the others stay, to read what they made.")

    @Argument(help: "密钥文件 · The file of the keys.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      var keys = try SecretKeyFile(for: .backups, reading: file)
      keys.rotate(on: CivilDate.today)
      try keys.write(to: file, overwrite: true)
      try console.done(
        SecretKeyValue(keys.inUse, isInUse: true),
        "今后用密钥 \(keys.inUse.identity) 备份；旧密钥保留 \(keys.keys.count - 1) 个；请另存一份",
        "backups are made with the key \(keys.inUse.identity) from now on; \(keys.keys.count - 1) older "
          + "kept; keep a copy elsewhere")
      return .done
    }
  }
}
