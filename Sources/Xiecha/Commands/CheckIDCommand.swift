import ArgumentParser
import ExchangeRules
import Explain
import Operator
import Presentation
import Program
import ReferenceData

/// `xiecha check-id`.
struct CheckIDCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check-id", abstract: "检查公民身份号码 · Check citizen ID numbers.",
    discussion: """
      不需要登录。号码从标准输入读取，每行一个，不写在命令行上（命令行会留在历史记录里）。
      Needs no sign-in. Numbers come from standard input, one a line, not from the command line, \
      which stays in a history. With --batch (or --json) each gives one JSON answer a line.
      """)

  @Flag(help: "逐行应答 JSON · Answer JSON lines.")
  var batch = false

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
    if batch || console.isJSON {
      let check = CheckIDBatch(register: .national, today: today)
      return try BatchRun.run(on: console) { check.answer(line: $0, into: &$1) }
    }
    var table = TextTable([
      .init(console.language.word(.citizenID), isWhole: true),
      .init(console.language.word(.birthDate), isWhole: true),
      .init(console.language.word(.sex)), .init(console.language.word(.division)),
      .init(console.language.word(.reason)),
    ])
    var isAllValid = true
    while let line = readLine() {
      if line.isBlank { continue }
      let report = CitizenIDReport(checking: line, register: .national, today: today)
      isAllValid = isAllValid && report.isValid
      let problems = report.problems.map { $0.label[console.language] }
      let verdict = problems.isEmpty ? [console.text("有效", "valid")] : problems
      let document = report.document.flatMap { $0 == .citizenCard ? nil : $0.label }
      let notes = [document, report.changes.isEmpty ? nil : report.changes.label]
        .compactMap { $0?[console.language] }
      table.add([
        report.normalized, report.birthDate?.description ?? "",
        report.sex == .unknown ? "" : report.sex.label[console.language], report.region ?? "",
        (verdict + notes).joined(separator: "; "),
      ])
    }
    var page = Page()
    page.add(table)
    try console.show(page)
    return isAllValid ? .done : .refused
  }
}
