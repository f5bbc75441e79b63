import ExchangeProtos
import ExchangeRules
import Presentation

/// Items as lists show them: masked, a line each.
struct ItemView {
  let items: [ItemSummary]

  func show(on console: Console, empty: BilingualText) throws {
    if console.isJSON {
      for item in items { try console.showJSON(ItemLine(item)) }
      return
    }
    if items.isEmpty { return console.show([empty[console.language]]) }
    var table = TextTable([
      .init(console.word(.item), isWhole: true), .init(console.word(.due), isWhole: true),
      .init(console.word(.urgency)), .init(console.word(.state)), .init(console.word(.category)),
      .init(console.word(.name)), .init(console.word(.citizenID)), .init(console.word(.from)),
      .init(console.word(.to)), .init(console.word(.finding)),
    ])
    for item in items { table.add(ItemView.cells(of: item, console)) }
    console.show(table)
  }

  private static func cells(of item: ItemSummary, _ console: Console) -> [String] {
    let language = console.language
    let line = ItemLine(item)
    let due = (line.due ?? "") + (item.late ? " " + console.word(.late) : "")
    let to = item.assignedTo.isEmpty ? item.to : item.assignedTo
    return [
      ItemName.short(item.id), due, Words.urgency(item.urgency, language),
      Words.state(item.state, language), Words.category(item.category, language), item.maskedName,
      item.maskedCitizenId, DivisionText.short(item.from), DivisionText.short(to),
      Words.finding(item.finding, language),
    ]
  }
}

/// An item for programs.
struct ItemLine: Encodable {
  var id: String
  var kind: String
  var category: String
  var from: String
  var to: String
  var state: String
  var urgency: String
  var name: String
  var citizenId: String
  var submitted: String?
  var due: String?
  var feedbackRequired: Bool
  var assignedTo: String?
  var finding: String?
  var cycle: String?
  var late: Bool
  var canAnswer: Bool

  init(_ item: ItemSummary) {
    id = ItemName.full(item.id)
    kind = ExchangeRules.ItemKind(rawValue: Int(item.kind.rawValue))?.word ?? ""
    category = ExchangeRules.Category(rawValue: Int(item.category.rawValue))?.word ?? ""
    from = item.from
    to = item.to
    state = ItemStage(rawValue: Int(item.state.rawValue))?.word ?? ""
    urgency = ExchangeRules.Urgency(rawValue: Int(item.urgency.rawValue))?.word ?? ""
    name = item.maskedName
    citizenId = item.maskedCitizenId
    submitted = CivilDate(yyyymmdd: item.submitted)?.description
    due = CivilDate(yyyymmdd: item.due)?.description
    feedbackRequired = item.feedbackRequired
    assignedTo = item.assignedTo.isEmpty ? nil : item.assignedTo
    finding = Words.findingWord(item.finding)
    cycle = item.cycle.isEmpty ? nil : item.cycle
    late = item.late
    canAnswer = item.canAnswer
  }
}
