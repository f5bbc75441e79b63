import ArgumentParser
import Credentials
import Exchange
import Ledger
import Presentation
import Program

/// `password changes`: the office's list of changed passwords (S8.2).
struct PasswordChangesCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "更改记录 · List changed passwords: of this node, and of nodes below that tell (S8.2).")

  @OptionGroup var store: StoreOptions

  @Flag(name: .long, help: "只列未确认的 · Only those of which nobody has taken note.")
  var open = false

  @OptionGroup var limit: ListLimit
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (rows, open) = (limit.rows, open)
    let changes = try await store.open { ledger in
      try await ledger.read {
        try open ? $0.openPasswordChanges(limit: rows) : $0.passwordChanges(limit: rows)
      }
    }
    try console.list(
      changes.map(PasswordChangeValue.init),
      [
        TextTable.Column(console.text("编号", "number"), isWhole: true),
        TextTable.Column(console.text("时间", "time"), isWhole: true),
        TextTable.Column(console.text("账号", "account"), isWhole: true),
        TextTable.Column(console.text("区划", "division"), isWhole: true),
        TextTable.Column(console.text("更改人", "by")),
        TextTable.Column(console.text("已告知上级", "told"), isWhole: true),
        TextTable.Column(console.text("已确认", "acknowledged"), isWhole: true),
        TextTable.Column(console.text("确认人", "acknowledged by")),
      ]
    ) {
      [
        "\($0.number)", $0.at, $0.account, $0.division, $0.by, $0.told, $0.acknowledged,
        $0.acknowledgedBy,
      ]
    }
    return .done
  }
}

/// `password acknowledge`: the office has taken note (S8.2).
struct PasswordAcknowledgeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge",
    abstract: "确认更改 · Take note of changed passwords, by their numbers or all that are open (S8.2)."
  )

  @OptionGroup var store: StoreOptions

  @Argument(help: "编号 · Numbers of password changes.")
  var numbers: [Int64] = []

  @Flag(name: .long, help: "全部未确认的 · All of which nobody has taken note.")
  var all = false

  @OptionGroup var dryRun: DryRun
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    guard all == numbers.isEmpty else {
      throw ProgramFailure(
        .badInput, "numbers", chinese: "请给出编号，或 --all", english: "numbers, or --all: one of the two"
      )
    }
    let (numbers, isOnlyAsked, now) = (numbers, dryRun.dryRun, SystemClock.milliseconds)
    let done = try await store.open { ledger in
      try await ledger.commit { ledger -> [Int64] in
        let open = try ledger.all { try ledger.openPasswordChanges(after: $0?.number ?? 0) }
          .map(\.number)
        let chosen = numbers.isEmpty ? open : numbers
        if let unknown = chosen.first(where: { !open.contains($0) }) {
          throw ProgramFailure(
            .refused, chinese: "编号 \(unknown) 没有，或已确认",
            english: "\(unknown) is no open change; see password changes --open")
        }
        if isOnlyAsked || chosen.isEmpty { return chosen }
        let actor = try Administrator.actor(in: ledger, as: .securityAdministrator)
        for number in chosen {
          try ledger.acknowledgePasswordChange(number, by: actor.account, at: now)
        }
        let list = chosen.map(String.init).joined(separator: " ")
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: actor, action: "password-acknowledge", purpose: String(list.prefix(200))
          ))
        return chosen
      }
    }
    try console.done(
      ["acknowledged": done],
      isOnlyAsked ? "将确认 \(done.count) 项；未作更改" : "已确认 \(done.count) 项密码更改",
      isOnlyAsked
        ? "would take note of \(done.count); nothing was changed"
        : "took note of \(done.count) changed passwords")
    return .done
  }
}

/// A changed password as programs see it.
struct PasswordChangeValue: Encodable {
  var number: Int64
  var at: String
  var account: String
  var division: String
  var by: String
  var told: String
  var acknowledged: String
  var acknowledgedBy: String

  init(_ change: PasswordChange) {
    number = change.number
    at = TimeText.text(change.at)
    account = change.account
    division = change.division
    by = change.by
    told = TimeText.text(change.told)
    acknowledged = TimeText.text(change.acknowledged)
    acknowledgedBy = change.acknowledgedBy
  }
}
