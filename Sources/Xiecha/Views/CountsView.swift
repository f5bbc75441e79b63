import ExchangeProtos
import ExchangeRules
import Presentation

/// Counts by state: a row for each state, a column for each box; other counts below.
struct CountsView {
  let counts: [Count]

  private static let boxes: [(name: String, label: BilingualText)] = [
    ("out", BilingualText(chinese: "发出", english: "out")),
    ("in", BilingualText(chinese: "收到", english: "in")),
    ("all", BilingualText(chinese: "合计", english: "all")),
  ]

  func page(in language: Language) -> Page {
    var page = Page()
    let values = counts.map { ($0.name, $0.value) }
    page.add(value: Dictionary(values) { _, last in last })
    page.add(table(language))
    return page
  }

  private func table(_ language: Language) -> TextTable {
    var table = TextTable(
      [.init(language.word(.state))]
        + CountsView.boxes.map {
          .init($0.label[language], alignsRight: true, isWhole: true)
        })
    var values: [String: UInt64] = [:]
    for count in counts { values[count.name] = count.value }
    for stage in ItemState.allCases {
      let row = CountsView.boxes.map { values.removeValue(forKey: "\($0.name).\(stage.word)") }
      // A state that no box knows, or that nothing is in, is no row worth reading.
      guard row.contains(where: { ($0 ?? 0) > 0 }) else { continue }
      table.add([stage.label[language]] + row.map { $0.map { String($0) } ?? "" })
    }
    for name in values.keys.sorted() where values[name] != 0 {
      table.add([name, "", "", String(values[name] ?? 0)])
    }
    return table
  }
}
