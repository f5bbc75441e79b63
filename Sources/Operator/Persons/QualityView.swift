package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// Shows what is missing or contradicts, and who has no number.
package struct QualityView {
  let defects: [DefectEntry]
  let numberless: [NumberlessEntry]

  package init(defects: [DefectEntry], numberless: [NumberlessEntry]) {
    self.defects = defects
    self.numberless = numberless
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for entry in defects { page.add(value: DefectLine(entry)) }
    for entry in numberless { page.add(value: NumberlessLine(entry)) }
    if !defects.isEmpty {
      page.add(heading: language.text("缺项与矛盾（S12.2）", "missing or contradicting (S12.2)"))
      page.add(defectTable(language))
      page.addGap()
    }
    if !numberless.isEmpty {
      page.add(heading: language.text("无公民身份号码（S12.3）", "without a citizen ID number (S12.3)"))
      page.add(numberlessTable(language))
      page.addGap()
    }
    page.add(
      line: language.text(
        "资料有问题的 \(defects.count) 人，无号码的 \(numberless.count) 人",
        "\(defects.count) persons with defects, \(numberless.count) without a number"))
    return page
  }

  private func defectTable(_ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.item), isWhole: true), .init(language.word(.name)),
      .init(language.word(.citizenID)), .init(language.word(.what)),
      .init(language.text("保留理由", "kept because")),
    ])
    for entry in defects {
      let person = entry.person ?? RegisteredPerson()
      for defect in entry.defects {
        table.add([
          ItemName.short(person.id), person.maskedName, person.maskedCitizenId,
          TwoLanguages.part(of: defect.text, in: language), entry.keptReason,
        ])
      }
    }
    return table
  }

  private func numberlessTable(_ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.item), isWhole: true), .init(language.word(.name)),
      .init(language.word(.household)), .init(language.word(.reason)),
    ])
    for entry in numberless {
      let person = entry.person ?? RegisteredPerson()
      let placeholder = language.text("占位号码", "a placeholder")
      table.add([
        ItemName.short(person.id), person.maskedName, DivisionText.short(person.household),
        [entry.hasPlaceholder ? placeholder : "", entry.reason].filter { !$0.isEmpty }
          .joined(separator: "; "),
      ])
    }
    return table
  }

  private struct DefectLine: Encodable {
    var person: PersonText.Line?
    var defects: [FlagLine]
    var keptReason: String

    init(_ entry: DefectEntry) {
      person = entry.person.map(PersonText.Line.init)
      defects = entry.defects.map { FlagLine($0) }
      keptReason = entry.keptReason
    }
  }

  private struct NumberlessLine: Encodable {
    var person: PersonText.Line?
    var withoutNumber = true
    var hasPlaceholder: Bool
    var reason: String

    init(_ entry: NumberlessEntry) {
      person = entry.person.map(PersonText.Line.init)
      hasPlaceholder = entry.hasPlaceholder
      reason = entry.reason
    }
  }
}
