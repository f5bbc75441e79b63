import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows what is missing or contradicts, and who has no number.
struct QualityView {
  let defects: [DefectEntry]
  let numberless: [NumberlessEntry]

  func show(on console: Console) throws {
    if console.isJSON {
      for entry in defects { try console.showJSON(DefectLine(entry)) }
      for entry in numberless { try console.showJSON(NumberlessLine(entry)) }
      return
    }
    if !defects.isEmpty {
      console.show([console.text("缺项与矛盾（S12.2）", "missing or contradicting (S12.2)")])
      console.show(defectTable(console))
      console.show([""])
    }
    if !numberless.isEmpty {
      console.show([console.text("无公民身份号码（S12.3）", "without a citizen ID number (S12.3)")])
      console.show(numberlessTable(console))
      console.show([""])
    }
    console.say(
      "有缺陷 \(defects.count) 人，无号码 \(numberless.count) 人",
      "\(defects.count) with defects, \(numberless.count) without a number")
  }

  private func defectTable(_ console: Console) -> TextTable {
    var table = TextTable([
      .init(console.word(.item), isWhole: true), .init(console.word(.name)),
      .init(console.word(.citizenID)), .init(console.word(.what)),
      .init(console.text("保留理由", "kept because")),
    ])
    for entry in defects {
      let person = entry.person ?? RegisteredPerson()
      for defect in entry.defects {
        table.add([
          ItemName.short(person.id), person.maskedName, person.maskedCitizenId,
          TwoLanguages.part(of: defect.text, in: console.language), entry.keptReason,
        ])
      }
    }
    return table
  }

  private func numberlessTable(_ console: Console) -> TextTable {
    var table = TextTable([
      .init(console.word(.item), isWhole: true), .init(console.word(.name)),
      .init(console.word(.household)), .init(console.word(.reason)),
    ])
    for entry in numberless {
      let person = entry.person ?? RegisteredPerson()
      let placeholder = console.text("占位号码", "a placeholder")
      table.add([
        ItemName.short(person.id), person.maskedName, DivisionText.short(person.household),
        [entry.hasPlaceholder ? placeholder : "", entry.reason].filter { !$0.isEmpty }
          .joined(separator: "; "),
      ])
    }
    return table
  }

  private struct DefectLine: Encodable {
    struct Part: Encodable {
      var rule: String
      var field: String
      var reason: String
      var text: String
    }

    var person: PersonText.Line?
    var defects: [Part]
    var keptReason: String

    init(_ entry: DefectEntry) {
      person = entry.person.map(PersonText.Line.init)
      defects = entry.defects.map {
        Part(rule: $0.rule, field: $0.field, reason: $0.reason, text: $0.text)
      }
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
