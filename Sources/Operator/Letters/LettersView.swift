package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// Letters between offices, a line each: to whom, how much is on it, what became of it.
package struct LettersView {
  let letters: [LetterSummary]

  package init(letters: [LetterSummary]) {
    self.letters = letters
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for letter in letters { page.add(value: Line(letter)) }
    if letters.isEmpty {
      page.add(line: language.text("没有函件", "no letters"))
      return page
    }
    var table = TextTable([
      .init(language.text("函件", "letter"), isWhole: true),
      .init(language.text("种类", "kind")),
      .init(language.text("周五／月份", "Friday or month"), isWhole: true),
      .init(language.text("发文单位", "from")), .init(language.text("收文单位", "to")),
      .init(language.text("条数", "items"), alignsRight: true, isWhole: true),
      .init(language.word(.state)), .init(language.word(.time), isWhole: true),
    ])
    for letter in letters {
      table.add([
        ItemName.short(letter.id), letter.kind?.label[language] ?? "", Words.date(letter.period),
        DivisionText.short(letter.issuer),
        DivisionText.short(letter.addressee), "\(letter.lines)",
        letter.reached.step.label[language], ChinaTime.text(letter.reached.at),
      ])
    }
    page.add(table)
    return page
  }

  private struct Line: Encodable {
    let letter: String
    let kind: String
    let period: String
    let from: String
    let to: String
    let part: UInt32
    let items: UInt32
    let state: String
    let issued: String
    let delivered: String?
    let acknowledged: String?

    init(_ summary: LetterSummary) {
      letter = ItemName.full(summary.id)
      kind = summary.kind?.word ?? ""
      period = Words.date(summary.period)
      from = summary.issuer
      to = summary.addressee
      part = summary.part
      items = summary.lines
      state = summary.reached.step.word
      issued = ChinaTime.text(summary.issued)
      delivered = summary.delivered == 0 ? nil : ChinaTime.text(summary.delivered)
      acknowledged = summary.acknowledged == 0 ? nil : ChinaTime.text(summary.acknowledged)
    }
  }
}

extension LetterSummary {
  /// How far the letter has come, and when.
  package var reached: (step: LetterStep, at: Int64) {
    if acknowledged != 0 { return (.acknowledged, acknowledged) }
    return delivered != 0 ? (.delivered, delivered) : (.issued, issued)
  }
}
