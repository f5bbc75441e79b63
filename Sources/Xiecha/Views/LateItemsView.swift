import ExchangeProtos
import ExchangeRules
import Presentation

/// What is late, with who answers for it (S9.2).
struct LateItemsView {
  let lines: [LateLine]

  func page(in language: Language) -> Page {
    var page = Page()
    for line in lines { page.add(value: Value(line)) }
    if lines.isEmpty {
      page.add(line: language.text("没有逾期", "nothing is late"))
      return page
    }
    var table = TextTable([
      .init(language.word(.item), isWhole: true), .init(language.word(.category)),
      .init(language.text("待办", "owes")), .init(language.word(.due), isWhole: true),
      .init(language.text("逾期天数", "days late"), alignsRight: true, isWhole: true),
      .init(language.text("承办单位", "held by")), .init(language.text("责任人", "responsible")),
      .init(language.word(.reason)),
    ])
    for line in lines {
      let ground = line.ground
      table.add([
        ItemName.short(line.item), Words.category(line.category, language),
        line.feedback ? language.text("反馈", "feedback") : language.text("接收", "receipt"),
        Words.date(line.due), "\(line.daysLate)", DivisionText.short(line.holder),
        line.responsible, ground?.label[language] ?? language.text("单位负责", "the office"),
      ])
    }
    page.add(table)
    return page
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
