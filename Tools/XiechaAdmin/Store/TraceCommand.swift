import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// `trace …`: who read what, and why (G2).
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "留痕 · Who read which record, who signed in, what an administrator did, and why (G2).",
    subcommands: [List.self, Verify.self])

  struct List: Command {
    static let configuration = CommandConfiguration(
      abstract: "列出 · List all traces, those of an item, or those of a person.",
      discussion: """
        With --person it is the list that a person can be given: who read what is kept of her here, \
        when and why. With --account, --from and --to the order is that of the times.
        """)

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "只列这条信息 · Only of this item.")
    var item: ItemArgument?

    @Option(
      name: .long,
      help: """
        只列此人（公民身份号码；写 - 则从标准输入读取）· Only of this person: her citizen ID number, or - \
        to read it from standard input.
        """)
    var person: String?

    @Option(name: .long, help: "只列该账号 · Only of what this account did.")
    var account: String?

    @Option(name: .long, help: "自何日，如 2027-01-31 · Only from this day on.")
    var from: DayArgument?

    @Option(name: .long, help: "至何日（含）· Only up to this day, the day itself too.")
    var to: DayArgument?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let item = item?.id
      let person = try person.map(TraceCommand.number)
      let isOfTime = account != nil || from != nil || to != nil
      guard [item != nil, person != nil, isOfTime].count(where: \.self) <= 1 else {
        throw ProgramFailure(
          .badInput, chinese: "--item、--person、--account（连同 --from、--to）只能选一种",
          english: "give --item, or --person, or --account with --from and --to, not two of them")
      }
      let (start, end) = (from?.start ?? .min, to?.end ?? .max)
      guard start < end else {
        throw ProgramFailure(
          .badInput, "to", chinese: "--to 早于 --from", english: "--to lies before --from")
      }
      let account = account.map { AccountName.read($0) ?? $0 }
      let traces = try await store.open { ledger in
        try await ledger.read { reader in
          if let person { return try reader.traces(ofPerson: person) }
          return try reader.all { (last: StoredTrace?) in
            if isOfTime { return try reader.traces(by: account, in: start..<end, after: last) }
            let after = last?.number ?? 0
            return try item.map { try reader.traces(ofItem: $0, after: after) }
              ?? reader.traces(after: after)
          }
        }
      }
      try console.list(
        traces.map(TraceValue.init),
        [
          TextTable.Column("#", alignsRight: true, isWhole: true),
          TextTable.Column(console.text("时间", "time"), isWhole: true),
          TextTable.Column(console.text("账号", "account"), isWhole: true),
          TextTable.Column(console.text("角色", "role")),
          TextTable.Column(console.text("区划", "division"), isWhole: true),
          TextTable.Column(console.text("操作", "action")),
          TextTable.Column(console.text("目的", "purpose")),
          TextTable.Column(console.text("编号", "item"), isWhole: true),
          TextTable.Column(console.text("对象", "person"), isWhole: true),
        ]
      ) { trace in
        [
          "\(trace.number)", trace.at, trace.account, trace.role, trace.division, trace.action,
          trace.removed ? console.text("（已删除）", "(removed)") : trace.purpose, trace.item,
          trace.person,
        ]
      }
      if traces.isEmpty, !console.isJSON {
        try console.say("没有查阅记录", "nobody has read a record")
      }
      return .done
    }
  }

  /// Her number as it is typed, or from standard input for `-`; what is none is refused.
  static func number(_ written: String) throws -> String {
    let typed = written == "-" ? readLine() ?? "" : written
    // A doubtful number may be kept, so only what can be none at all is refused.
    guard CitizenIDReport.spelling(typed).contains(where: \.isNumber) else {
      throw ProgramFailure(
        .badInput, "person", chinese: "--person：请写公民身份号码（写 - 则从标准输入读取）",
        english: "--person: a citizen ID number is needed, or - to read it from standard input")
    }
    return typed
  }

  struct Verify: Command {
    static let configuration = CommandConfiguration(
      abstract: "校验 · Follow the chain of traces; exit code 1 where it is broken.",
      discussion: """
        Keep the head that it prints elsewhere. Given back with --head, it proves that nothing up \
        to it was taken away.
        """)

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "先前保存的链尾 · A head that was kept, NUMBER:HASH.")
    var head: HeadArgument?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let known = head?.head ?? .empty
      let verdict = try await store.open { ledger in
        try await ledger.read { try $0.verifyTrace(holding: known) }
      }
      switch verdict {
      case .intact(let head):
        let text = "\(head.number):\(Hexadecimal.text(head.hash))"
        try console.done(
          ["intact": "true", "head": text], "留痕完整，共 \(head.number) 条；链尾 \(text)",
          "the trace is intact, \(head.number) rows; head \(text)")
      case .broken(let number):
        throw ProgramFailure(
          .refused, chinese: "留痕在第 \(number) 条处断开：被删改，请报告并保全现场",
          english:
            "the trace is broken at row \(number): it was changed or removed; keep the ledger "
            + "as evidence and report it")
      }
      return .done
    }
  }
}

/// An item's identity, as `xiecha` shows it.
struct ItemArgument: ExpressibleByArgument {
  let id: LedgerID

  init?(argument: String) {
    let digits = argument.filter { $0 != "-" }
    guard let bytes = Hexadecimal.bytes(digits), let id = LedgerID(bytes) else { return nil }
    self.id = id
  }
}

/// A day in China, as `2027-01-31`.
struct DayArgument: ExpressibleByArgument {
  private let day: CivilDate

  init?(argument: String) {
    guard let day = CivilDate(argument) else { return nil }
    self.day = day
  }

  /// When it begins: milliseconds since 1970.
  var start: Int64 { ChinaTime.start(of: day) }

  /// When the next one begins.
  var end: Int64 { ChinaTime.start(of: day.adding(days: 1)) }
}

/// A head of the trace: its number and hash.
struct HeadArgument: ExpressibleByArgument {
  let head: TraceHead

  init?(argument: String) {
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let number = Int64(parts[0]), number >= 0,
      let hash = Hexadecimal.bytes(String(parts[1])), hash.count == 32
    else { return nil }
    head = TraceHead(number: number, hash: hash)
  }
}

/// A trace as programs see it.
struct TraceValue: Encodable {
  var number: Int64
  var at: String
  var account: String
  var role: String
  var division: String
  var action: String
  var purpose: String
  var item: String
  /// Masked (G3); empty for a person without a number.
  var person: String
  /// What it said of a person, and why, was removed when its time was over (G6).
  var removed: Bool

  init(_ trace: StoredTrace) {
    number = trace.number
    at = TimeText.text(trace.entry.at)
    account = trace.entry.actor.account
    role = trace.entry.actor.role
    division = trace.entry.actor.division
    action = trace.entry.action
    purpose = trace.entry.purpose
    item = trace.entry.item.map { "\($0)" } ?? ""
    removed = trace.isRemoved
    person = Masking.citizenID(PersonLookup.number(ofKey: trace.entry.subjectKey))
  }
}
