import ArgumentParser
import Backups
import Credentials
import ExchangeRules
import Ledger
import LedgerPrograms
import Presentation
import Program

/// `restore`: a ledger from a backup, on this machine or a new one.
struct RestoreCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "恢复 · Make the ledger of a node from a backup, where there is none.",
    discussion: """
      The node then starts as usual. Its neighbours tell it what came after the backup, its own acts \
      included; until they have, operators read and cannot write (xiecha-admin status shows who is \
      awaited, xiecha-admin go-on ends the waiting). Sessions end; accounts are those of the backup: \
      look through the list, because one that was switched off since is on again.
      """)

  @Argument(help: "备份文件 · The backup.")
  var file: String

  @Option(name: .long, help: "新的数据库文件，不得已存在 · The ledger to make; nothing may be there.")
  var store: String

  @Option(name: .long, help: "节点的区划代码 · The node's division code: another's backup is refused.")
  var division: DivisionCode

  @OptionGroup var key: BackupKeyOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let now = SystemClock.milliseconds
    let report = try await Restoring(
      file, of: "\(division)", keys: try SecretKeyFile(for: .backups, reading: key.key)
    ).run(to: store, now: now, by: Administrator.actor(for: "\(division)"))
    var page = Page()
    page.add(value: RestoreValue(store, report))
    let made = TimeText.text(report.header.at)
    let hours = max(0, now - report.header.at) / 3_600_000
    page.add(
      line: console.text(
        "已由 \(made) 的备份（\(hours) 小时前）恢复 \(store)",
        "restored \(store) from the backup of \(made), \(hours) h ago"))
    page.add(
      line: console.text(
        "已结束 \(report.sessions) 个登录会话；操作员须重新登录",
        "\(report.sessions) sessions have ended; operators sign in again"))
    page.add(line: awaited(report.awaited, on: console))
    page.add(
      heading: console.text(
        "账号为备份时的状态，请逐一核对：其后停用的账号、更换的密码不在其中",
        "Accounts are as they were then; check each: what was switched off or changed since is not")
    )
    var table = TextTable([
      TextTable.Column(console.text("账号", "account"), isWhole: true),
      TextTable.Column(console.text("区划", "division"), isWhole: true),
      TextTable.Column(console.text("状态", "state")),
      TextTable.Column(console.text("密码设于", "password set"), isWhole: true),
    ])
    for account in report.accounts {
      table.add([
        account.name, account.division,
        account.disabled == 0 ? console.text("启用", "on") : console.text("停用", "off"),
        TimeText.text(account.passwordChanged),
      ])
    }
    page.add(table)
    try console.show(page)
    return .done
  }

  private func awaited(_ awaited: [String], on console: Console) -> String {
    if awaited.isEmpty {
      return console.text("没有需要等待的邻近节点", "there is no neighbour to wait for")
    }
    let list = awaited.joined(separator: " ")
    return console.text(
      "启动节点后等待这些邻近节点补送：\(list)", "start the node; it waits for what these neighbours tell: \(list)")
  }
}

/// A restored ledger as programs see it.
struct RestoreValue: Encodable {
  var store: String
  var backup: BackupValue
  var sessionsEnded: Int
  var awaited: [String]
  var accounts: [String]

  init(_ store: String, _ report: Restoring.Report) {
    self.store = store
    backup = BackupValue(store, report.header)
    sessionsEnded = report.sessions
    awaited = report.awaited
    accounts = report.accounts.map(\.name)
  }
}
