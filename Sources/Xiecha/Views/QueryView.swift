import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Reports

/// What a combined query has found (S10.3), masked.
struct QueryView {
  let conditions: QueryConditions
  let items: [ItemSummary]

  /// The items as a file has them.
  func report(in language: Language, on day: CivilDate) -> Report {
    Report(
      language: language, title: language.text("组合查询", "Combined query"),
      facts: conditions.told(in: language) + [
        language.text("截至 \(day)", "as of \(day)"),
        language.text("\(items.count) 条", "\(items.count) items"),
      ],
      table: table(in: language), notes: [])
  }

  func page(in language: Language) -> Page {
    var page = Page()
    for item in items { page.add(value: ItemLine(item)) }
    if items.isEmpty {
      page.add(line: language.text("没有符合条件的信息", "no item meets these conditions"))
      return page
    }
    let table = table(in: language)
    page.add(table.text(of: Array(table.columns.indices), in: language))
    page.add(line: language.text("共 \(items.count) 条", "\(items.count) items"))
    return page
  }

  private func table(in language: Language) -> ReportTable {
    var table = ReportTable(
      [
        .init(language.word(.item), .identity), .init(language.word(.submitted), .date),
        .init(language.word(.due), .date), .init(language.word(.urgency), .text),
        .init(language.word(.state), .text), .init(language.word(.category), .text),
        .init(language.word(.name), .text), .init(language.word(.citizenID), .identity),
        .init(language.word(.from), .text), .init(language.word(.to), .text),
        .init(language.word(.finding), .text),
      ], isSummed: false)
    for item in items {
      table.add([
        .identity(ItemName.short(item.id)), Self.day(item.submitted), Self.day(item.due),
        .text(Words.urgency(item.urgency, language)),
        .text(
          Words.state(item.state, language) + (item.late ? " · " + language.word(.late) : "")),
        .text(Words.category(item.category, language)), .text(item.maskedName),
        .identity(item.maskedCitizenId), .text(DivisionText.short(item.from)),
        .text(DivisionText.short(item.assignedTo.isEmpty ? item.to : item.assignedTo)),
        .text(Words.finding(item.finding, language)),
      ])
    }
    return table
  }

  private static func day(_ yyyymmdd: Int32) -> ReportCell {
    CivilDate(yyyymmdd: yyyymmdd).map(ReportCell.date) ?? .text("")
  }
}
