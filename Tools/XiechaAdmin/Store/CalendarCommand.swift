import ArgumentParser
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Presentation
import Program
import ReferenceData

/// `calendar …`: holidays and make-up working days (S4.5).
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: "工作日历 · Holidays and make-up working days.",
    subcommands: [Import.self])

  struct Import: Command {
    static let configuration = CommandConfiguration(
      abstract: "导入 · Import a year's arrangement and say which due dates moved (S4.5).",
      discussion: """
        The file is CSV: date,type,name with type holiday or workday_makeup, as in \
        2027-01-01,holiday,元旦. A year that is complete takes the place of the one known; other \
        rows amend theirs: a supplement may name a single day. The node takes the new calendar on \
        SIGHUP, or at its next start.
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "日历文件 · The calendar file, CSV in UTF-8.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      guard let data = FileManager.default.contents(atPath: file),
        let text = String(data: data, encoding: .utf8)
      else {
        throw ProgramFailure(
          .badInput, chinese: "无法读取 \(file)：需要 UTF-8 文本",
          english: "cannot read \(file): a text in UTF-8 is needed")
      }
      let outcome: CalendarImport.Outcome
      do {
        let calendarImport = try CalendarImport(csv: text, over: .national)
        outcome = try await store.open { ledger in
          try await calendarImport.run(
            in: ledger, now: SystemClock.milliseconds,
            by: try await ledger.read { try Administrator.actor(in: $0) })
        }
      } catch let failure as CalendarFileFailure {
        throw failure.naming(file)
      }
      try show(outcome, on: console)
      return .done
    }

    private func show(_ outcome: CalendarImport.Outcome, on console: Console) throws {
      let years = outcome.coveredYears.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "-"
      for item in outcome.notCovered {
        console.warn(
          "\(item)：有时限超出日历范围，该时限的到期日待定",
          "\(item): a clock leaves the covered years; its date is not known yet")
      }
      try console.say(
        "日历现覆盖 \(years)；重算 \(outcome.recomputed) 条未结信息，改期 \(outcome.moved.count) 条",
        "the calendar covers \(years); \(outcome.recomputed) open items recomputed, "
          + "\(outcome.moved.count) moved")
      if outcome.moved.isEmpty, !console.isJSON { return hint(console) }
      try console.list(
        outcome.moved.map(MoveValue.init),
        [
          TextTable.Column(console.text("编号", "item"), isWhole: true),
          TextTable.Column(console.text("原到期", "before"), isWhole: true),
          TextTable.Column(console.text("现到期", "after"), isWhole: true),
        ]
      ) { [$0.item, $0.before, $0.after] }
      hint(console)
    }

    private func hint(_ console: Console) {
      console.warn(
        "节点收到 SIGHUP 或重新启动后采用新日历", "the node takes the new calendar on SIGHUP or at its next start")
    }
  }
}

/// An item that moved, as programs see it.
struct MoveValue: Encodable {
  var item: String
  var before: String
  var after: String

  init(_ move: CalendarImport.Move) {
    item = "\(move.item)"
    before = move.before.map { "\($0)" } ?? ""
    after = "\(move.after)"
  }
}

extension CalendarFileFailure {
  /// The failure with its file and the remedy.
  fileprivate func naming(_ file: String) -> ProgramFailure {
    let place = line > 0 ? "\(file):\(line)" : file
    let (chinese, english) = remedy
    return ProgramFailure(
      .badInput, chinese: "\(place)，\(field)：\(chinese)；未导入",
      english: "\(place), \(field): \(english); nothing is imported")
  }

  private var remedy: (chinese: String, english: String) {
    switch (field, reason) {
    case ("header", _):
      ("第一行须为 date,type,name", "the first line must be date,type,name")
    case (_, .notADate): ("日期须写作 2027-01-01", "a date is written 2027-01-01")
    case (_, .unknown):
      ("须为 holiday 或 workday_makeup", "holiday or workday_makeup is needed")
    case (_, .repeated): ("该日期出现两次", "the date stands twice")
    case (_, .alreadyWorked):
      ("\(detail)本来就是工作日，不能作为调休上班日", "\(detail) is a working day already, no make-up day")
    case ("years", _) where detail.isEmpty:
      ("年份必须连续", "years must follow each other")
    case ("years", _):
      (
        "年份不完整，缺少：\(detail)；请补全全年的放假安排",
        "a year is not complete; missing: \(detail); add the whole year's arrangement"
      )
    default: ("缺少内容", "something is missing")
    }
  }
}
