import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// `operator …`: the accounts of people (S8.1: only exchange operators may log in).
struct OperatorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "operator",
    abstract: "操作员账号 · The accounts of people.",
    subcommands: [
      Add.self, List.self, Disable<AccountArgument>.self, Enable<AccountArgument>.self,
      OperatorCertificateCommand.self,
    ])

  struct Add: Command {
    static let configuration = CommandConfiguration(
      abstract: "新增 · Add an operator; the password is asked for.")

    @OptionGroup var store: StoreOptions

    @OptionGroup var account: AccountArgument

    @Option(name: .long, help: "角色 · The role.")
    var role: OperatorRole

    @Option(name: .long, help: "所属区划代码 · The division the operator acts for.")
    var division: DivisionCode

    @Option(name: .long, help: "姓名 · The person's name, as others see it.")
    var display: String

    @Option(name: .long, help: "密码文件（0600）· A file with the password, mode 0600.")
    var passwordFile: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let name = try account.read()
      try OperatorCommand.check(role, of: division, at: nil)
      let display = (try? WrittenName.read(display))?.value ?? ""
      guard !display.isEmpty, display.utf8.count <= 120 else {
        throw ProgramFailure(
          .badInput, chinese: "姓名须为 1 至 120 字节",
          english: "--display: a name of 1 to 120 bytes is needed")
      }
      let (division, role) = (division, role)
      try await store.open(creatingOn: console) { ledger in
        // Before the password is asked for: nobody types one for nothing.
        try OperatorCommand.check(
          role, of: division, at: try await LedgerOwnership.owner(of: ledger))
        var made = StoredAccount(
          name: name, displayName: display, role: role.role.rawValue, division: "\(division)",
          verifier: "", created: SystemClock.milliseconds)
        let wanted = made
        try await ledger.read { ledger in
          if try ledger.account(name) != nil {
            throw LedgerFailure(.exists, "there is an account \(name) already; choose another")
          }
          try DutyCheck.check(of: wanted, in: ledger)
        }
        let password = try PasswordEntry.newPassword(
          file: passwordFile, for: name, console: console)
        made.verifier = ScramVerifier(password: password).text
        let account = made
        try await ledger.commit { ledger in
          try DutyCheck.check(of: account, in: ledger)
          try ledger.create(account)
          try ledger.leaveTrace(
            TraceEntry(
              at: account.created,
              actor: Administrator.actor(in: ledger, as: .securityAdministrator),
              action: "operator-add", purpose: "\(name) \(account.role) \(account.division)"))
        }
        try console.done(
          AccountValue(account), "已新增账号 \(name)（\(display)，\(role.role.rawValue)，\(division)）",
          "added \(name) (\(display), \(role.role.rawValue), \(division))")
      }
      return .done
    }
  }

  struct List: Command {
    static let configuration = CommandConfiguration(
      abstract: "列出 · List accounts, those of nodes among them.")

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "只列该区划及其下级 · Only of this division and below.")
    var division: DivisionCode?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let prefix = division?.prefix ?? ""
      let accounts = try await store.open { ledger in
        try await ledger.read { reader in
          try reader.all { try reader.accounts(under: prefix, after: $0?.name ?? "") }
        }
      }
      try console.list(
        accounts.map(AccountValue.init),
        [
          TextTable.Column(console.text("账号", "account"), isWhole: true),
          TextTable.Column(console.text("姓名", "name")),
          TextTable.Column(console.text("角色", "role"), isWhole: true),
          TextTable.Column(console.text("区划", "division"), isWhole: true),
          TextTable.Column(console.text("状态", "state")),
          TextTable.Column(console.text("最近登录", "last sign-in"), isWhole: true),
          TextTable.Column(console.text("密码设置于", "password set"), isWhole: true),
        ]
      ) { account in
        [
          account.name, account.display, account.role, account.division,
          console.text(account.stateInChinese, account.state), account.lastLogin,
          account.passwordChanged,
        ]
      }
      return .done
    }
  }

  private static func check(
    _ role: OperatorRole, of division: DivisionCode, at node: DivisionCode?
  ) throws(ProgramFailure) {
    if let text = role.verdict(on: division, at: node).refusal {
      throw ProgramFailure(.badInput, text: text)
    }
  }
}

/// An account as programs see it: no verifier, no secret.
struct AccountValue: Encodable {
  var name: String
  var display: String
  var role: String
  var division: String
  var state: String
  var lastLogin: String
  var passwordChanged: String

  init(_ account: StoredAccount) {
    name = account.name
    display = account.displayName
    role = account.role
    division = account.division
    let now = SystemClock.milliseconds
    state =
      account.disabled != 0 ? "disabled" : account.lockedUntil > now ? "locked" : "enabled"
    lastLogin = TimeText.text(account.lastLogin)
    passwordChanged = TimeText.text(account.passwordChanged)
  }

  var stateInChinese: String {
    switch state {
    case "disabled": "停用"
    case "locked": "锁定"
    default: "正常"
    }
  }
}
