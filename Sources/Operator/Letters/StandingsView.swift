package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// How offices stand with a report that they owe: a line each.
package struct StandingsView {
  let kind: LetterKind
  let month: CycleMonth
  let today: CivilDate
  let standings: [ReportStanding]

  package init(kind: LetterKind, month: CycleMonth, today: CivilDate, standings: [ReportStanding]) {
    self.kind = kind
    self.month = month
    self.today = today
    self.standings = standings
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for standing in standings { page.add(value: Line(standing, kind, month, today)) }
    page.add(heading: "\(month) \(kind.label[language])")
    var table = TextTable([
      .init(language.word(.division)), .init(language.word(.due), isWhole: true),
      .init(language.text("报送", "sent"), isWhole: true), .init(language.word(.state)),
      .init(language.text("函件", "letter"), isWhole: true),
      .init(language.text("办理", "what became of it")),
    ])
    for standing in standings {
      let letter = standing.letter
      table.add([
        "\(standing.office) \(DivisionText.short(standing.office))", Words.date(standing.due),
        letter.map { ChinaTime.text($0.issued) } ?? "",
        standing.duty(kind, month, on: today)?.label[language] ?? "",
        letter.map { ItemName.short($0.id) } ?? "", letter?.reached.step.label[language] ?? "",
      ])
    }
    page.add(table)
    return page
  }

  private struct Line: Encodable {
    let office: String
    let report: String
    let month: String
    let due: String
    let standing: String
    let sent: String?
    let letter: String?
    let state: String?

    init(
      _ standing: ReportStanding, _ kind: LetterKind, _ month: CycleMonth, _ today: CivilDate
    ) {
      office = standing.office
      report = kind.word
      self.month = "\(month)"
      due = Words.date(standing.due)
      self.standing = standing.duty(kind, month, on: today).map { "\($0)" } ?? ""
      sent = standing.letter.map { ChinaTime.text($0.issued) }
      letter = standing.letter.map { ItemName.full($0.id) }
      state = standing.letter?.reached.step.word
    }
  }
}

extension ReportStanding {
  /// How the office stands with its duty.
  fileprivate func duty(
    _ kind: LetterKind, _ month: CycleMonth, on today: CivilDate
  ) -> ReportDuty.Standing? {
    guard let office = DivisionCode(office) else { return nil }
    return ReportDuty(kind, of: office, in: month)?.standing(
      sent: letter.map { CivilDate(chinaDateOf: $0.issued) }, on: today)
  }
}
