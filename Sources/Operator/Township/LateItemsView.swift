package import ExchangeProtos
package import ExchangeRules
package import Presentation
package import Reports

/// What is late, with who answers for it (S9.2).
package struct LateItemsView {
  let lines: [LateLine]

  package init(lines: [LateLine]) {
    self.lines = lines
  }

  /// The list as a file has it.
  package func report(in language: Language, of whose: String, on day: CivilDate) -> Report {
    list(language).report(
      in: language,
      title: language.text("\(whose) 逾期信息及责任人", "\(whose): what is late, and who answers for it"),
      facts: [language.text("截至 \(day)", "as of \(day)")])
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for line in lines { page.add(value: Value(line)) }
    if lines.isEmpty {
      page.add(line: language.text("没有逾期", "nothing is late"))
      return page
    }
    let table = list(language).table(in: language)
    // Nothing is noted here.
    page.add(table.text(of: Array(table.columns.indices.dropLast()), in: language))
    return page
  }

  private func list(_ language: Language) -> LateReport {
    LateReport(
      lines.compactMap { LateReport.Row($0, language) },
      ground: BilingualText(chinese: "理由", english: "because"))
  }

  private struct Value: Encodable {
    let item: String
    let kind: String
    let category: String
    let owes: String
    let due: String
    let daysLate: UInt32
    let holder: String
    let responsible: String?
    let ground: String?

    init(_ line: LateLine) {
      item = ItemName.full(line.item)
      kind = line.kind?.word ?? ""
      category = line.category?.word ?? ""
      owes = line.feedback ? "feedback" : "receipt"
      due = Words.date(line.due)
      daysLate = line.daysLate
      holder = line.holder
      responsible = line.responsible.isEmpty ? nil : line.responsible
      ground = line.ground.map { "\($0)" }
    }
  }
}

extension LateLine {
  /// Why it is this person; nil: nobody is known.
  fileprivate var ground: ResponsiblePerson.Ground? {
    responsible.isEmpty ? nil : actedLast ? .lastActor : .dedicatedOperator
  }
}

extension LateReport.Row {
  fileprivate init?(_ line: LateLine, _ language: Language) {
    guard let due = CivilDate(yyyymmdd: line.due) else { return nil }
    self.init(
      item: ItemName.short(line.item), category: Words.category(line.category, language),
      owesFeedback: line.feedback, due: due, daysLate: Int(line.daysLate),
      holder: DivisionText.short(line.holder), responsible: line.responsible,
      ground: line.ground?.label[language] ?? language.text("单位负责", "the office"))
  }
}
