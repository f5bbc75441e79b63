import ArgumentParser
import CaseFile
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program
import Wire

/// `xiecha import`.
struct ImportCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "导入个案文件（XLSX、CSV） · Import a case file.",
    discussion: """
      XLSX，或表格软件另存的 CSV（UTF-8、GB18030、UTF-16，逗号、分号或制表符），中文标题，列的顺序不限。\
      合格的行录入，不合格的行列出原因，并写入 FILE.rejects.csv，更正后可再次导入。同一文件导入两次不会重复录入。
      XLSX, or CSV as a spreadsheet saves it (UTF-8, GB18030 or UTF-16; comma, semicolon or tab). \
      Good rows go in; the others are listed with the reason and written to FILE.rejects.csv, to be \
      corrected and imported again. Importing twice enters nothing twice.
      """)

  @Argument(help: "个案文件 · The case file.")
  var file: String

  @Option(help: "工作表名称，不写则取第一个有标题行的 · The sheet; the first with the headings otherwise.")
  var sheet: String?

  @Option(help: "未导入的行写到哪里 · Where the rows not taken are written.")
  var rejects: String?

  @Flag(help: "只检查，不录入 · Check only; enter nothing.")
  var check = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    try await NodeSession.with(profile: profile.profile) { node in
      let who = try await node.call(Account.whoAmI, WhoAmIRequest())
      let options = try CaseFileOptions(for: who, now: SystemClock.milliseconds)
      let reader = try CaseFileReader(path: file, sheet: sheet, options: options)
      // Before anything is entered: whoever mistyped the name has lost nothing.
      let rejectsPath = try RejectsFile.path(asked: rejects, caseFile: file, options: options)
      warn(of: reader.header, on: console)
      let result = try await enter(reader, at: node, who: who, console: console)
      if reader.hiddenRows > 0 {
        console.warn(
          "注意：有\(reader.hiddenRows)行在表格中被隐藏（筛选），也已读取",
          "warning: \(reader.hiddenRows) rows that the sheet hides (by a filter) were read too")
      }
      var path: String?
      if !result.rejected.isEmpty, !check || rejects != nil {
        try RejectsFile.write(result.rejected, of: reader, to: rejectsPath)
        path = rejectsPath
      }
      try console.show(
        ImportView(result: result, file: file, rejectsFile: path).page(in: console.language))
      if let failure = result.failure {
        console.warn(
          "导入中断：请稍后再次导入同一文件，已录入的行不会重复",
          "the import was cut short: import the same file again, nothing is entered twice")
        throw failure
      }
      return result.rejected.isEmpty ? .done : .partlyDone
    }
  }

  private func warn(of header: CaseFileHeader, on console: Console) {
    if let sheet = header.sheet, !header.otherSheets.isEmpty {
      let names = header.otherSheets.joined(separator: "、")
      console.warn(
        "注意：只读取工作表“\(sheet)”；另有：\(names)（用 --sheet 指定）",
        "warning: only the sheet \(sheet) is read; there are also: \(names) (choose with --sheet)")
    }
    if !header.repeatedHeadings.isEmpty {
      let names = header.repeatedHeadings.joined(separator: "、")
      console.warn(
        "注意：这些标题重复，只读取第一列：\(names)；请删去多余的列",
        "warning: these headings stand twice, the first column counts: \(names); remove the others")
    }
    guard !header.unknownHeadings.isEmpty else { return }
    let names = header.unknownHeadings.joined(separator: "、")
    console.warn(
      "注意：以下各列无法识别，未导入：\(names)", "warning: columns that are not known and not imported: \(names)")
  }

  private func enter(
    _ reader: CaseFileReader, at node: NodeSession, who: WhoAmIReply, console: Console
  ) async throws -> ImportRun.Result {
    var progress = console.progress()
    defer { progress.clear() }
    if check { return try ImportCommand.checkOnly(reader) }
    return try await ImportRun(node: node, enteredAt: who.actor?.division ?? who.node).run(reader) {
      done in
      progress.show(
        console.text("导入", "import"), done: done, of: nil, now: SystemClock.milliseconds)
    }
  }

  private static func checkOnly(_ reader: CaseFileReader) throws -> ImportRun.Result {
    var result = ImportRun.Result()
    while let entry = try reader.next() {
      result.read += 1
      switch entry {
      case .rejected(let row): result.rejected.append(row)
      case .row(let row, _): result.note(row.changes)
      }
    }
    return result
  }
}
