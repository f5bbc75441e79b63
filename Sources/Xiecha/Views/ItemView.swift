import ExchangeProtos
import ExchangeRules
import Presentation

/// Items as lists show them: masked, a line each.
struct ItemView {
  let items: [ItemSummary]
  /// Which division is worth a column: where it came from, where it goes, or who has it now.
  let shows: Label

  func show(on console: Console, empty: BilingualText) throws {
    if console.isJSON {
      for item in items { try console.showJSON(ItemLine(item)) }
      return
    }
    if items.isEmpty { return console.show([empty[console.language]]) }
    var columns: [TextTable.Column] = [
      .init(console.word(.item), isWhole: true), .init(console.word(.due), isWhole: true),
      .init(console.word(.urgency)), .init(console.word(.state)), .init(console.word(.category)),
      .init(console.word(.name)), .init(console.word(.citizenID)),
    ]
    columns.append(.init(console.word(shows)))
    columns.append(.init(console.word(.finding)))
    var table = TextTable(columns)
    for item in items { table.add(cells(of: item, console)) }
    console.show(table)
  }

  private func cells(of item: ItemSummary, _ console: Console) -> [String] {
    let language = console.language
    let line = ItemLine(item)
    let due = (line.due ?? "") + (item.late ? " " + console.word(.late) : "")
    let to = item.assignedTo.isEmpty ? item.to : item.assignedTo
    let other = shows == .from ? item.from : shows == .to ? item.to : to
    return [
      ItemName.short(item.id), due, Words.urgency(item.urgency, language),
      Words.state(item.state, language), Words.category(item.category, language), item.maskedName,
      item.maskedCitizenId, DivisionText.short(other),
      Words.finding(item.finding, language),
    ]
  }
}
