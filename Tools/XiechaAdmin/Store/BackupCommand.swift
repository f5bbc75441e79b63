import ArgumentParser
import Ledger
import Presentation
import Program

/// `backup`: a copy of the ledger while the node runs.
struct BackupCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "备份 · Copy the ledger into one new file (0600); the node can go on.",
    discussion: """
      To restore: stop the node, put the copy in the ledger's place, start the node. Items that were \
      taken after the copy come again from the neighbours where they still have them.
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "备份文件，不得已存在 · The new file.")
  var to: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let damage = try await store.open { ledger in
      try ledger.backUp(to: to)
      return try await ledger.damage()
    }
    for line in damage {
      console.warn("警告：数据库有损坏：\(line)", "warning: the ledger is damaged: \(line)")
    }
    try console.done(["file": to], "已备份到 \(to)", "copied to \(to)")
    return .done
  }
}
