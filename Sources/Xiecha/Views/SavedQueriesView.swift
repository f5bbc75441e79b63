import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// The combined queries that an account has saved (S10.3).
struct SavedQueriesView {
  let queries: [SavedQuery]

  func page(in language: Language) -> Page {
    var page = Page()
    if queries.isEmpty {
      page.add(line: language.text("没有保存的查询", "no query is saved"))
      return page
    }
    var table = TextTable([
      .init(language.word(.name)), .init(language.text("条件", "conditions")),
    ])
    for query in queries {
      let told = (query.conditions ?? QueryConditions()).told(in: language)
      let text = told.isEmpty ? language.text("全部", "all") : told.joined(separator: "；")
      page.add(value: Value(name: query.name, conditions: told))
      table.add([query.name, text])
    }
    page.add(table)
    return page
  }

  private struct Value: Encodable {
    let name: String
    let conditions: [String]
  }
}
