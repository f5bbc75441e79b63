import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// The periods of which flows are published.
struct FlowPeriodsView {
  let periods: [FlowPeriod]

  func page(in language: Language) -> Page {
    var page = Page()
    for period in periods { page.add(value: Line(period)) }
    if periods.isEmpty {
      page.add(line: language.text("尚未发布任何时段", "no period is published"))
      return page
    }
    var table = TextTable([
      .init(language.word(.from), isWhole: true), .init(language.word(.to), isWhole: true),
      .init(language.text("级别", "by")),
    ])
    for period in periods {
      table.add([
        Words.date(period.first), Words.date(period.last), period.level?.label[language] ?? "",
      ])
    }
    page.add(table)
    return page
  }

  private struct Line: Encodable {
    let first: String
    let last: String
    let by: String

    init(_ period: FlowPeriod) {
      first = Words.date(period.first)
      last = Words.date(period.last)
      by = period.level?.word ?? ""
    }
  }
}
