import ArgumentParser
import Backups
import Credentials
import ExchangeRules
import Ledger
import LedgerPrograms
import Presentation
import Program

/// `backup …`: encrypted copies of a node's ledger, and their keys.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "备份 · Encrypted backups of the ledger, and their keys.",
    discussion: """
      A node makes backups by itself where its configuration has the section backup. To put one back: \
      xiecha-admin restore.
      """,
    subcommands: [Make.self, Verify.self, Show.self, BackupKeyCommand.self])

  struct Make: Command {
    static let configuration = CommandConfiguration(
      abstract: "备份一次 · Make one backup and verify it; the node can go on.",
      discussion: """
        The store's disk needs as much again while it is made. The file gets its name when it was \
        read back from the disk, opened and compared.
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var key: BackupKeyOptions

    @Option(name: .long, help: "备份文件，不得已存在 · The new file, 0600.")
    var to: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let keys = try SecretKeyFile(for: .backups, reading: key.key)
      let (name, to) = (store.store, to)
      let report = try await store.open { ledger in
        guard let node = try await ledger.read({ try $0.owner() }) else {
          throw ProgramFailure(
            .refused, chinese: "\(name) 还不属于任何节点：节点启动过才能备份",
            english: "\(name) is no node's yet: it can be backed up when its node has started once")
        }
        let run = BackupRun(
          of: ledger, node: node, key: keys.inUse, now: { SystemClock.milliseconds })
        let report = try run.make(to)
        let note = BackupNote(at: report.header.at, text: report.file)
        try await ledger.commit { ledger in
          try ledger.note(backup: note)
          try ledger.leaveTrace(
            TraceEntry(
              at: note.at, actor: Administrator.actor(for: node), action: "backup", purpose: to))
        }
        return report
      }
      let seconds = (report.copying + report.encrypting + report.verifying) / 1000
      try console.done(
        BackupValue(report.file, report.header),
        "已备份到 \(to)，\(report.header.bytes) 字节，密钥 \(report.header.key)，用时 \(seconds) 秒，已校验",
        "backed up to \(to): \(report.header.bytes) bytes, key \(report.header.key), in \(seconds) s; "
          + "verified")
      return .done
    }
  }

  struct Verify: Command {
    static let configuration = CommandConfiguration(
      abstract: "校验备份 · Open every chunk of a backup; nothing is written.")

    @Argument(help: "备份文件 · The backup.")
    var file: String

    @OptionGroup var key: BackupKeyOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let backup = try BackupFile(file)
      try backup.verify(with: SecretKeyFile(for: .backups, reading: key.key))
      try console.done(
        BackupValue(file, backup.header), "\(file) 完好，密钥 \(backup.header.key)",
        "\(file) is whole; key \(backup.header.key)")
      return .done
    }
  }

  struct Show: Command {
    static let configuration = CommandConfiguration(
      abstract: "查看备份 · What a backup says in clear: whose, of when, which key.")

    @Argument(help: "备份文件 · The backups.")
    var files: [String]

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let values = try files.map { BackupValue($0, try BackupFile($0).header) }
      try console.list(
        values,
        [
          TextTable.Column(console.text("节点", "node"), isWhole: true),
          TextTable.Column(console.text("时间", "time"), isWhole: true),
          TextTable.Column(console.text("密钥", "key"), isWhole: true),
          TextTable.Column(console.text("字节", "bytes"), isWhole: true),
          TextTable.Column(console.text("版本", "schema")),
          TextTable.Column(console.text("文件", "file")),
        ]
      ) { [$0.node, $0.at, $0.key, "\($0.bytes)", $0.schema, $0.file] }
      return .done
    }
  }
}

/// The file of the backup keys.
struct BackupKeyOptions: ParsableArguments {
  @Option(name: .long, help: "备份密钥文件 · The file of the backup keys.")
  var key: String
}

/// A backup as programs see it.
struct BackupValue: Encodable {
  var file: String
  var node: String
  var at: String
  var schema: String
  var bytes: UInt64
  var key: String

  init(_ file: String, _ header: BackupHeader) {
    self.file = file
    node = header.node
    at = TimeText.text(header.at)
    schema = header.schema
    bytes = header.bytes
    key = header.key
  }
}
