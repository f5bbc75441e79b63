import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Glibc
import Ledger
import Presentation
import Program

/// `password …`: sets and makes passwords.
struct PasswordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "密码 · Set and make passwords.",
    subcommands: [
      SetPassword.self, Generate.self, PasswordChangesCommand.self, PasswordAcknowledgeCommand.self,
    ])

  struct SetPassword: Command {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "设置 · Set an account's password; its sessions end.",
      discussion: """
        A node's password can change with an overlap in which the old one is still taken, so that \
        the node can be given the new one in the meantime. The change is told to the node above \
        (S8.2).
        """)

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "账号名 · The account's name; node:440306 for a node.")
    var name: String

    @Option(name: .long, help: "新旧并用的时间（仅节点）· How long the old one counts too: 24h, 30m, 7d.")
    var overlap: Overlap?

    @Option(name: .long, help: "密码文件（0600）· A file with the password, mode 0600.")
    var passwordFile: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let written = name
      try await store.open { ledger in
        guard let account = try await ledger.read({ try $0.account(signingInAs: written) }) else {
          throw LedgerFailure(
            .unknown, "there is no account \(written); list the accounts to see them")
        }
        let name = account.name
        let change = try change(of: account, console: console)
        try await ledger.commit { ledger in
          try ledger.changePassword(
            of: name, to: change.verifier, at: change.at, previousUntil: change.previousUntil,
            by: Administrator.actor(for: account.division, as: .securityAdministrator))
          try ledger.revokeSessions(of: name, at: change.at)
          try ledger.leaveTrace(
            TraceEntry(
              at: change.at, actor: Administrator.actor(in: ledger, as: .securityAdministrator),
              action: "password-set",
              purpose: name))
        }
        try console.done(
          ["account": name, "oldCountsUntil": TimeText.text(change.previousUntil)],
          "已更改 \(name) 的密码，其会话已结束"
            + (overlap == nil ? "" : "；旧密码用至 \(TimeText.text(change.previousUntil))"),
          "the password of \(name) is changed and its sessions have ended"
            + (overlap == nil
              ? "" : "; the old one counts until \(TimeText.text(change.previousUntil))"))
      }
      return .done
    }

    private struct Change {
      var verifier: String
      var at: Int64
      var previousUntil: Int64
    }

    private func change(of account: StoredAccount, console: Console) throws -> Change {
      let isNode = Role(rawValue: account.role)?.isNode ?? false
      guard isNode || overlap == nil else {
        throw ProgramFailure(
          .badInput, chinese: "只有节点账号可以新旧密码并用：个人密码立即更换 (S8.1)",
          english: "--overlap is for nodes: a person's password is replaced at once (S8.1)")
      }
      guard let current = ScramVerifier(text: account.verifier) else {
        throw LedgerFailure(
          .corrupt, "the verifier of \(account.name) is damaged; restore the last backup")
      }
      let previous = account.previousVerifier.flatMap(ScramVerifier.init(text:))
      let password = try PasswordEntry.newPassword(
        file: passwordFile, for: account.name, earlier: [current] + (previous.map { [$0] } ?? []),
        console: console)
      let now = SystemClock.milliseconds
      var credential = RotatingCredential(current: current)
      credential.rotate(
        to: password, now: now / 1000, overlapSeconds: overlap?.seconds ?? 0)
      return Change(
        verifier: credential.current.text, at: now,
        previousUntil: credential.previous == nil ? 0 : credential.previousUntil * 1000)
    }
  }

  struct Generate: Command {
    static let configuration = CommandConfiguration(
      abstract: "生成 · Make a random password of 256 bits and write it to a file, mode 0600.")

    @Option(name: .long, help: "写到哪个文件，不写则输出 · The file; standard output where none is given.")
    var out: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let password = PasswordPolicy.standard.random()
      if let out {
        try PasswordFile.write(password, to: out)
        try console.done(["file": out], "已写入 \(out)", "written to \(out)")
      } else {
        try console.done(["password": password], password, password)
      }
      return .done
    }
  }
}

/// A time such as `24h`, `30m` or `7d`; a week at most.
struct Overlap: ExpressibleByArgument {
  let seconds: Int64

  init(seconds: Int64) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]
    guard let last = argument.last, let unit = units[last], argument.count <= 6,
      let count = Int64(argument.dropLast()), count > 0,
      count * unit <= RotatingCredential.longestOverlapSeconds
    else { return nil }
    seconds = count * unit
  }
}
