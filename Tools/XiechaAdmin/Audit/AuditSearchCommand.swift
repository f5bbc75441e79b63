import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// `audit search`: what the log has of a person, an operator, a period or an item.
struct AuditSearchCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "检索日志 · What happened to a person or an item, or what an operator did, and when.",
    discussion: """
      Each line shows where it stands in the log (PAGE:NUMBER), for audit prove. Of an account and of \
      a period it is what this node has written: what came from elsewhere is in its author's log. \
      Searching leaves a trace (G2).
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "某条信息 · All about this item.")
  var item: ItemArgument?

  @Option(name: .long, help: "某人（公民身份号码；写 - 则从标准输入读取）· All about her, by her citizen ID number.")
  var person: String?

  @Option(name: .long, help: "某账号所做 · What this account did.")
  var account: String?

  @Option(name: .long, help: "自何日，如 2027-01-31 · Only from this day on.")
  var from: DayArgument?

  @Option(name: .long, help: "至何日（含）· Only up to this day, the day itself too.")
  var to: DayArgument?

  @Option(name: .long, help: "目的 · What it is searched for.")
  var purpose: String

  @OptionGroup var limit: ListLimit

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    if purpose.allSatisfy(\.isWhitespace) {
      throw ProgramFailure(
        .badInput, "purpose", chinese: "--purpose：请写明目的", english: "--purpose: say what it is for")
    }
    let (question, subject) = try question()
    let (rows, purpose, item) = (limit.rows, purpose, item?.id)
    let lines = try await store.open { ledger in
      let now = SystemClock.milliseconds
      try await ledger.commit { ledger in
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: try Administrator.actor(in: ledger, as: .auditor),
            action: "audit-search",
            purpose: purpose, item: item, subjectKey: subject))
      }
      return try await ledger.read { try $0.search(question, limit: rows) }
    }
    try console.list(
      lines.map(LogLineValue.init),
      [
        TextTable.Column(console.text("日志", "log"), alignsRight: true, isWhole: true),
        TextTable.Column(console.text("时间", "time"), isWhole: true),
        TextTable.Column(console.text("账号", "account"), isWhole: true),
        TextTable.Column(console.text("区划", "division"), isWhole: true),
        TextTable.Column(console.text("操作", "action")),
        TextTable.Column(console.text("编号", "item"), isWhole: true),
        TextTable.Column(console.text("对象", "person"), isWhole: true),
        TextTable.Column(console.text("目的", "purpose")),
      ]
    ) { line in
      [
        line.place, line.at, line.account, line.division, line.action, line.item, line.person,
        line.purpose,
      ]
    }
    if lines.count == rows {
      console.warn(
        "只列出最早的 \(rows) 条：请缩短时间，或用 --limit",
        "only the first \(rows) are shown: ask for a shorter time, or use --limit")
    }
    return .done
  }

  /// What is asked, and whose record that is.
  private func question() throws -> (LogQuestion, subject: String) {
    let isOfTime = account != nil || from != nil || to != nil
    guard [item != nil, person != nil, isOfTime].count(where: \.self) == 1 else {
      throw ProgramFailure(
        .badInput, chinese: "--item、--person、--account（连同 --from、--to）请选一种",
        english: "give one of --item, --person, and --account with --from and --to")
    }
    if let item { return (.item(item.id), "") }
    if let person {
      let key = CitizenIDReport.spelling(try TraceCommand.number(person))
      return (.person(key), key)
    }
    let (start, end) = (from?.start ?? .min, to?.end ?? .max)
    guard start < end else {
      throw ProgramFailure(
        .badInput, "to", chinese: "--to 早于 --from", english: "--to lies before --from")
    }
    guard let account else { return (.time(start..<end), "") }
    return (.account(AccountName.read(account) ?? account, start..<end), "")
  }
}

/// A line of the log as programs see it.
private struct LogLineValue: Encodable {
  /// Empty for what is older than the log.
  var place: String
  var at: String
  var account: String
  var role: String
  var division: String
  var action: String
  var item: String
  /// Masked (G3); empty for a person without a number.
  var person: String
  var purpose: String

  init(_ line: LogLine) {
    place = line.place == .none ? "" : "\(line.place.page):\(line.place.entry + 1)"
    at = TimeText.text(line.at)
    account = line.actor.account
    role = line.actor.role
    division = line.actor.division
    action = line.action
    item = line.item.map { "\($0)" } ?? ""
    person = Masking.citizenID(PersonLookup.number(ofKey: line.subjectKey))
    purpose = line.words
  }
}
