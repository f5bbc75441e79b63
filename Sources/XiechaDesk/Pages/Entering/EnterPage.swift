import CaseFile
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// Entering one item: a typed form for each of the eleven categories (S3).
struct EnterPage {
  let visit: Visit
  private var language: Language { visit.language }

  private static let ownFields: Set<String> = ["token", "of", "check", "back"]

  func page() -> Response {
    show(EnterPage.category(visit.query["of"]) ?? .assist, faults: [:])
  }

  /// Judges what was typed, and enters it unless it was to be judged alone.
  func submit() async throws -> Response {
    let category = asked
    let options = try CaseFileOptions(for: visit.session.who, now: visit.now)
    let entry = entry(category)
    if visit.form.has("check") {
      let problems = try entry.check(options)
      if problems.isEmpty {
        visit.session.say(visit.text("没有发现问题，尚未录入", "nothing is wrong; it is not entered yet"))
      }
      return show(category, faults: RowEntry.faults(problems, category, language))
    }
    let result = try await entry.enter(at: visit.node, visit.session.who, options)
    if let failure = result.failure { throw failure }
    if let row = result.rejected.first {
      return show(category, faults: RowEntry.faults(row.problems, category, language))
    }
    visit.session.say(
      result.known > 0
        ? visit.text("此前已录入，没有再次录入", "it was entered before and was not entered again")
        : visit.text("已录入，在“发件”中发送", "entered; send it from the outbox"))
    for line in NoticeText.lines(of: result.noticesDue, language) { visit.session.say(line) }
    return Replies.go(to: "/enter?of=\(category.rawValue)")
  }

  /// What is wrong with what is typed, by heading, for the script: the same rules, nothing entered.
  func check() throws -> Response {
    let category = asked
    let options = try CaseFileOptions(for: visit.session.who, now: visit.now)
    let faults = RowEntry.faults(try entry(category).check(options), category, language)
    return Replies.body(
      Array(try JSONOutput.text(of: faults).utf8), type: "application/json; charset=utf-8")
  }

  private var asked: ExchangeRules.Category {
    EnterPage.category(visit.form["of"]) ?? .assist
  }

  private func entry(_ category: ExchangeRules.Category) -> RowEntry {
    let fields = visit.form.with(
      CaseField.kind.heading, category == .assist ? "协查" : "通报"
    ).with(CaseField.category.heading, "\(category.rawValue)")
    return RowEntry(fields, leavingOut: EnterPage.ownFields)
  }

  private static func category(_ text: String) -> ExchangeRules.Category? {
    Int(text).flatMap(ExchangeRules.Category.init(rawValue:))
  }

  private func show(
    _ category: ExchangeRules.Category, faults: [String: String]
  ) -> Response {
    var content: [Markup] = [
      .element(
        "nav", ["aria-label": language.word(.category), "class": "row"],
        ExchangeRules.Category.allCases.map { other in
          .element(
            "a",
            Markup.Attributes(dictionaryLiteral: ("href", "/enter?of=\(other.rawValue)"))
              .with("aria-current", "true", if: other == category),
            [.text(other.label[language])])
        })
    ]
    if !faults.isEmpty { content.append(summary(of: faults, category)) }
    let form = RowForm(
      category: category, language: language, form: visit.form, faults: faults)
    content.append(
      Form.post(
        "/enter", token: visit.session.token, checkedBy: "/enter/check",
        [Form.hidden("of", "\(category.rawValue)")] + form.markup() + [
          .element(
            "div", ["class": "row"],
            [
              Form.button(visit.text("录入", "enter")),
              .leaf("button", ["name": "check", "value": "1"], visit.text("只检查", "check only")),
            ])
        ]))
    return visit.page(visit.text("录入", "Enter"), content)
  }

  /// All that is to be corrected, in the order of the form, each leading to its field.
  private func summary(
    of faults: [String: String], _ category: ExchangeRules.Category
  ) -> Markup {
    var inForm: [String] = []
    for (name, _) in visit.form.pairs where faults[name] != nil && !inForm.contains(name) {
      inForm.append(name)
    }
    let others = faults.keys.filter { !inForm.contains($0) }.sorted()
    return .element(
      "div", ["class": "said refused", "role": "alert"],
      [
        .leaf(
          "strong", [:],
          visit.text("▲ 有 \(faults.count) 处需要更正，尚未录入", "▲ \(faults.count) to correct; not entered")),
        .parent(
          "ul",
          (inForm + others).map { name in
            .parent(
              "li",
              [
                .leaf("a", ["href": "#\(name)"], label(of: name, category)),
                .text("：\(faults[name] ?? "")"),
              ])
          }),
      ])
  }

  /// What a field is called on the form.
  private func label(of name: String, _ category: ExchangeRules.Category) -> String {
    let prefix = "\(category.word)."
    guard name.hasPrefix(prefix) else {
      return CaseField.allCases.first { $0.heading == name }?.label[language] ?? name
    }
    return RecordSchema.of(category).field(String(name.dropFirst(prefix.count)))?.label[language]
      ?? name
  }
}
