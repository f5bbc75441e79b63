import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Items as lists show them: masked, a line each.
struct ItemView {
  let items: [ItemSummary]
  /// Which division is worth a column: where it came from, where it goes, or who has it now.
  let shows: Label

  func page(in language: Language, empty: BilingualText) -> Page {
    var page = Page()
    for item in items { page.add(value: ItemLine(item)) }
    if items.isEmpty {
      page.add(line: empty[language])
      return page
    }
    var columns: [TextTable.Column] = [
      .init(language.word(.item), isWhole: true), .init(language.word(.due), isWhole: true),
      .init(language.word(.urgency)), .init(language.word(.state)), .init(language.word(.category)),
      .init(language.word(.name)), .init(language.word(.citizenID)),
    ]
    columns.append(.init(language.word(shows)))
    columns.append(.init(language.word(.finding)))
    var table = TextTable(columns)
    for item in items { table.add(cells(of: item, language)) }
    page.add(table)
    return page
  }

  private func cells(of item: ItemSummary, _ language: Language) -> [String] {
    let line = ItemLine(item)
    let due = (line.due ?? "") + (item.late ? " " + language.word(.late) : "")
    let to = item.assignedTo.isEmpty ? item.to : item.assignedTo
    let state =
      Words.state(item.state, language)
      + (item.withoutEffect > 0 ? " · " + language.word(.withoutEffect) : "")
      + (item.toDecide > 0 ? " · " + language.word(.toDecide) : "")
    let other = shows == .from ? item.from : shows == .to ? item.to : to
    return [
      ItemName.short(item.id), due, Words.urgency(item.urgency, language),
      state, Words.category(item.category, language), item.maskedName,
      item.maskedCitizenId, DivisionText.short(other),
      Words.finding(item.finding, language),
    ]
  }
}
