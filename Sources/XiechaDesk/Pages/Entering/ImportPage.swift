import CaseFile
import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// Importing a case file: good rows go in, the others are shown with what is wrong and how to mend it.
struct ImportPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() -> Response { visit.page(title, [upload()]) }

  /// Takes a file in.
  func take(_ file: (name: String, bytes: [UInt8])?, checkOnly: Bool) async throws -> Response {
    guard let file, !file.bytes.isEmpty else {
      visit.session.say(visit.text("请先选择文件", "choose a file first"), isRefusal: true)
      return page()
    }
    let options = try CaseFileOptions(for: visit.session.who, now: visit.now)
    let memory = try MemoryFile(file.bytes)
    do {
      // The path is of this program alone; the reader opens it at once.
      let reader = try CaseFileReader(path: memory.path, options: options)
      let result = try await run(reader, checkOnly: checkOnly)
      keepRejects(result, of: reader)
      return visit.page(
        title, summary(result, checkOnly: checkOnly) + faulty(result, checkOnly) + [upload()])
    } catch let failure as CaseFileFailure {
      visit.session.say(
        failure.explanation.text[language].replacing(memory.path, with: file.name),
        isRefusal: true)
      return page()
    }
  }

  private var title: String { visit.text("导入", "Import") }

  private func upload() -> Markup {
    Form.post(
      "/import", token: visit.session.token, class: "card", upload: true,
      [
        .element(
          "div", ["class": "field"],
          [
            .leaf("label", ["for": "file"], visit.text("个案文件", "case file")),
            .element(
              "input",
              [
                "type": "file", "id": "file", "name": "file",
                "accept": ".xlsx,.xlsm,.csv,.txt,.tsv",
                "aria-describedby": "file-hint",
              ], []),
            .leaf(
              "span", ["class": "hint", "id": "file-hint"],
              visit.text(
                "XLSX，或 CSV（UTF-8、GB18030），最大 16 MB。合格的行录入，不合格的行列出原因；同一文件导入两次不会重复。",
                "XLSX, or CSV (UTF-8, GB18030), up to 16 MB. Good rows are entered, the others are listed "
                  + "with the reason; importing twice enters nothing twice.")),
          ]),
        Form.tick("checkbox", "check", "1", visit.text("只检查，不录入", "check only, enter nothing")),
        Form.button(visit.text("导入", "import")),
      ])
  }

  private func run(
    _ reader: CaseFileReader, checkOnly: Bool
  ) async throws -> ImportRun.Result {
    let who = visit.session.who
    guard checkOnly else {
      return try await ImportRun(node: visit.node, enteredAt: who.actor?.division ?? who.node)
        .run(reader) { _ in }
    }
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

  private func keepRejects(_ result: ImportRun.Result, of reader: CaseFileReader) {
    guard !result.rejected.isEmpty else {
      visit.session.rejects = nil
      return
    }
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    visit.session.rejects = writer.opening() + result.rejected.flatMap(writer.row)
  }

  private func summary(_ result: ImportRun.Result, checkOnly: Bool) -> [Markup] {
    let refused = result.rejected.count
    let text =
      checkOnly
      ? visit.text(
        "检查 \(result.read) 行：合格 \(result.read - refused)，有问题 \(refused)；尚未录入",
        "\(result.read) rows checked: \(result.read - refused) good, \(refused) faulty; nothing entered"
      )
      : visit.text(
        "读取 \(result.read) 行：录入 \(result.entered)，此前已录入 \(result.known)，未导入 \(refused)",
        "\(result.read) rows read: \(result.entered) entered, \(result.known) entered before, "
          + "\(refused) not taken")
    var lines: [Markup] = [
      .element(
        "p", ["class": refused == 0 ? "said" : "said refused", "role": "status"],
        [.text("\(refused == 0 ? "✓" : "▲") \(text)")])
    ]
    if let failure = result.failure {
      lines.append(
        .leaf(
          "p", ["class": "said refused"],
          "▲ \(visit.reason(of: failure)) "
            + visit.text("请稍后再次导入同一文件，已录入的行不会重复。", "Import the same file again later.")))
    }
    for (heading, changed) in result.changed.sorted(by: { $0.key < $1.key }) {
      lines.append(
        .leaf(
          "p", ["class": "soft"],
          visit.text(
            "“\(heading)”有 \(changed.rows) 处读入时作了规范：\(changed.made.label.chinese)",
            "\(heading): read otherwise than written in \(changed.rows) rows: "
              + changed.made.label.english)))
    }
    lines += NoticeText.lines(of: result.noticesDue, language).map {
      .leaf("p", ["class": "note"], $0)
    }
    return lines
  }

  private func faulty(_ result: ImportRun.Result, _ checkOnly: Bool) -> [Markup] {
    guard !result.rejected.isEmpty else { return [] }
    let headings = [
      language.word(.line), language.word(.column), language.word(.value),
      language.word(.reason), language.word(.remedy),
    ]
    let rows = result.rejected.prefix(DeskLimits.faultyRowsOnPage).flatMap { row in
      row.problems.map { problem -> Markup in
        .parent(
          "tr",
          [
            .leaf("td", ["class": "number"], "\(row.line)"), .leaf("td", [:], problem.heading),
            .leaf("td", ["class": "number"], problem.maskedValue),
            .leaf("td", ["class": "fault"], problem.text[language]),
            .leaf("td", [:], problem.remedy[language]),
          ])
      }
    }
    return [
      .element(
        "section", ["class": "wide"],
        [
          .parent(
            "table",
            [
              .leaf("caption", ["class": "unseen"], visit.text("未导入的行", "rows not taken")),
              .parent(
                "thead",
                [.parent("tr", headings.map { .leaf("th", ["scope": "col"], $0) })]),
              .parent("tbody", rows),
            ])
        ]),
      .parent(
        "p",
        [
          .leaf(
            "a", ["class": "button", "href": "/import/rejects.csv"],
            visit.text(
              "下载未导入的行（\(result.rejected.count) 行，更正后可再次导入）",
              "download the rows not taken, to correct and import them again"))
        ]),
    ]
  }
}
