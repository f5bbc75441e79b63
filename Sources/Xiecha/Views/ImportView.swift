import CaseFile
import ExchangeRules
import Operator
import Presentation

/// Shows what an import did: each row that was not taken, and the counts.
struct ImportView {
  let result: ImportRun.Result
  let file: String
  /// Where the rejects were written; nil where there are none.
  let rejectsFile: String?

  func page(in language: Language) -> Page {
    var page = Page()
    page.add(value: Summary(self))
    if !result.rejected.isEmpty {
      page.add(table(language))
      page.addGap()
    }
    var chinese = "读取 \(result.read) 行：录入 \(result.entered)，此前已录入 \(result.known)，"
    chinese += "未导入 \(result.rejected.count)"
    var english = "\(result.read) rows read: \(result.entered) entered, \(result.known) entered "
    english += "before, \(result.rejected.count) not taken"
    page.add(line: language.text(chinese, english))
    if result.known > 0 {
      page.add(
        line: language.text(
          "此前已录入的行没有再次录入；确需再次协查的，填写新的登记日期后导入",
          "rows entered before are not entered again; to ask anew, give the row a new date of entry"
        ))
    }
    for (heading, changed) in result.changed.sorted(by: { $0.key < $1.key }) {
      page.add(
        line: language.text(
          "“\(heading)”有 \(changed.rows) 处读入时作了规范：\(changed.made.label.chinese)",
          "\(heading): read otherwise than written in \(changed.rows) rows: "
            + changed.made.label.english))
    }
    page.add(notes: NoticeText.lines(of: result.noticesDue, language))
    if let rejectsFile {
      page.add(
        line: language.text(
          "未导入的行已写入 \(rejectsFile)，更正后可再次导入",
          "the rows not taken are in \(rejectsFile); correct and import it"))
    }
    return page
  }

  private func table(_ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.line), alignsRight: true, isWhole: true), .init(language.word(.column)),
      .init(language.word(.value)), .init(language.word(.reason)), .init(language.word(.remedy)),
    ])
    for row in result.rejected {
      for problem in row.problems {
        table.add([
          String(row.line), problem.heading, problem.maskedValue, problem.text[language],
          problem.remedy[language],
        ])
      }
    }
    return table
  }

  private struct Summary: Encodable {
    var file: String
    var read: Int
    var entered: Int
    var enteredBefore: Int
    var rejected: Int
    var rejectsFile: String?
    var noticesDue: [String: Int]
    var changed: [String: [String]]
    var problems: [Line]

    init(_ view: ImportView) {
      file = view.file
      read = view.result.read
      entered = view.result.entered
      enteredBefore = view.result.known
      rejected = view.result.rejected.count
      rejectsFile = view.rejectsFile
      noticesDue = Dictionary(
        uniqueKeysWithValues: view.result.noticesDue.map { ("\($0)", $1) })
      changed = view.result.changed.mapValues(\.made.words)
      problems = view.result.rejected.flatMap { row in
        row.problems.map { Line(row: row.line, problem: $0) }
      }
    }
  }

  private struct Line: Encodable {
    var row: Int
    var field: String
    var heading: String
    var value: String
    var reason: String
    var text: String
    var remedy: String

    init(row: Int, problem: RowProblem) {
      self.row = row
      field = problem.field
      heading = problem.heading
      value = problem.maskedValue
      reason = problem.reason
      text = problem.text.chinese
      remedy = problem.remedy.chinese
    }
  }
}
