package import ExchangeProtos
package import ExchangeRules
package import Presentation
package import Reports

/// A dunning letter: what is late, how late, whose, and what became of the letter.
package struct DunningView {
  let reply: LetterReply

  package init(reply: LetterReply) {
    self.reply = reply
  }

  /// The list as a file has it.
  package func report(in language: Language) -> Report {
    list(language).report(
      in: language, title: title(language), facts: [fact(language)], notes: notes(language))
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for line in content.lines { page.add(value: Line(line)) }
    page.add(heading: title(language))
    page.add(line: fact(language))
    let table = list(language).table(in: language)
    page.add(table.text(of: Array(table.columns.indices), in: language))
    for event in reply.events {
      let step = event.step?.label[language] ?? ""
      let note = event.note.isEmpty ? "" : language.text("：", ": ") + event.note
      page.add(
        line: "\(ChinaTime.text(event.at))  \(step)  \(event.actor?.account ?? "")\(note)")
    }
    page.add(notes: notes(language))
    return page
  }

  private var content: DunningList { reply.dunning ?? DunningList() }
  private var summary: LetterSummary { reply.summary ?? LetterSummary() }

  private func list(_ language: Language) -> LateReport {
    LateReport(
      content.lines.compactMap { LateReport.Row($0, language) },
      ground: BilingualText(chinese: "催办到", english: "risen to"))
  }

  private func title(_ language: Language) -> String {
    let (from, to) = (DivisionText.text(summary.issuer), DivisionText.text(summary.addressee))
    return language.text(
      "\(from) 催办 \(to)，\(Words.date(summary.period)) 当周",
      "\(from) duns \(to), week of \(Words.date(summary.period))")
  }

  private func fact(_ language: Language) -> String {
    let late = language.text(
      "截至 \(Words.date(content.day)) 逾期 \(content.late) 条",
      "late as of \(Words.date(content.day)): \(content.late)")
    guard content.parts > 1 else { return late }
    return late
      + language.text(
        "（第 \(summary.part)／\(content.parts) 份）",
        " (part \(summary.part) of \(content.parts))")
  }

  private func notes(_ language: Language) -> [String] {
    DunningRule.all.filter { $0.name == content.rules }.map { $0.text[language] }
  }

  private struct Line: Encodable {
    let item: String
    let kind: String
    let category: String
    let owes: String
    let due: String
    let daysLate: UInt32
    let from: String
    let county: String
    let holder: String?
    let responsible: String?
    let risenTo: String
    let stopped: String?

    init(_ line: DunningLine) {
      item = ItemName.full(line.item)
      kind = line.kind?.word ?? ""
      category = line.category?.word ?? ""
      owes = line.feedback ? "feedback" : "receipt"
      due = Words.date(line.due)
      daysLate = line.daysLate
      from = line.from
      county = line.county
      holder = line.holder.isEmpty ? nil : line.holder
      responsible = line.responsible.isEmpty ? nil : line.responsible
      risenTo = line.level?.word ?? ""
      stopped = line.stopped?.word
    }
  }
}

extension LateReport.Row {
  fileprivate init?(_ line: DunningLine, _ language: Language) {
    guard let due = CivilDate(yyyymmdd: line.due) else { return nil }
    self.init(
      item: ItemName.short(line.item), category: Words.category(line.category, language),
      owesFeedback: line.feedback, due: due, daysLate: Int(line.daysLate),
      holder: DivisionText.short(line.holder.isEmpty ? line.county : line.holder),
      responsible: line.responsible, ground: line.level?.label[language] ?? "",
      note: line.stopped?.label[language] ?? "")
  }
}
