import CaseFile
import ExchangeProtos
import ExchangeRules
import HTTPTypes
import Hummingbird
import Operator
import Presentation

/// Importing a case file: good rows go in, the others are shown with what is wrong, and corrected there.
struct ImportPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() -> Response {
    visit.page(title, CorrectionForm(visit: visit).markup() + [upload()])
  }

  // MARK: A file

  /// Takes a file in, and goes to where its rows are shown.
  func take(_ file: (name: String, bytes: [UInt8])?, checkOnly: Bool) async throws -> Response {
    guard let file, !file.bytes.isEmpty else {
      visit.session.say(visit.text("请先选择文件", "choose a file first"), isRefusal: true)
      return page()
    }
    let options = try CaseFileOptions(for: visit.session.who, now: visit.now)
    let (session, bytes) = (visit.session, file.bytes)
    return await begin {
      ImportWork { progress in
        let memory = try MemoryFile(bytes)
        do {
          // The path is of this program alone; the reader opens it at once.
          let reader = try CaseFileReader(path: memory.path, options: options)
          let result = try await Importing(session: session)
            .run(reader, checkOnly: checkOnly, progress)
          Importing(session: session).keep(result, of: reader)
          return ImportWork.Outcome(result: result, wasCheck: checkOnly)
        } catch let failure as CaseFileFailure {
          throw failure.explanation.naming(file.name, insteadOf: memory.path)
        }
      }
    }
  }

  /// Takes rows that were corrected on the page.
  func correct() async throws -> Response {
    let rows = CorrectedRows(visit.form)
    guard !rows.lines.isEmpty else { return Replies.go(to: "/import") }
    let options = try CaseFileOptions(for: visit.session.who, now: visit.now)
    let session = visit.session
    return await begin {
      ImportWork { progress in
        let reader = try rows.rows.reader(options)
        let result = try await Importing(session: session)
          .run(reader, checkOnly: false, progress)
        try Importing(session: session).keep(result, of: reader, correcting: rows, options)
        return ImportWork.Outcome(result: result, wasCheck: false)
      }
    }
  }

  private func begin(_ work: () -> ImportWork) async -> Response {
    guard visit.session.begin(work) else {
      visit.session.say(
        visit.text(
          "上一个文件还在导入，请稍候", "the last file is still being imported; wait a moment"),
        isRefusal: true)
      return Replies.go(to: "/import")
    }
    return Replies.go(to: "/import/run")
  }

  // MARK: How far it is

  /// What became of the last import; while it goes on the page comes again by itself.
  func run() async throws -> Response {
    guard let work = visit.session.importing else { return Replies.go(to: "/import") }
    try await work.settle()
    switch work.now {
    case .running(let done):
      var response = visit.page(
        title,
        [
          .element(
            "p", ["class": "note", "role": "status"],
            [.text(visit.text("正在导入，已处理 \(done) 行……", "importing, \(done) rows done ..."))])
        ])
      response.headers[.refresh] = "1"
      return response
    case .failed(let failure):
      visit.session.say(failure.text[language], isRefusal: true)
      return page()
    case .done(let outcome):
      return visit.page(
        title,
        ImportSummary(outcome: outcome, language: language).markup()
          + CorrectionForm(visit: visit).markup() + [upload()])
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
}

extension HTTPField.Name {
  fileprivate static let refresh: HTTPField.Name = {
    guard let name = HTTPField.Name("Refresh") else { preconditionFailure("no header") }
    return name
  }()
}

extension ProgramFailure {
  /// The failure as of the file that the clerk has chosen.
  fileprivate func naming(_ name: String, insteadOf path: String) -> ProgramFailure {
    ProgramFailure(
      exit, reason, field: field,
      text: BilingualText(
        chinese: text.chinese.replacing(path, with: name),
        english: text.english.replacing(path, with: name)))
  }
}
