import ExchangeRules
import Operator
import Presentation

/// What two nodes count differently, item by item.
struct ReconcileView {
  private let first: String
  private let second: String
  private let compared: Int
  let lines: [Line]

  /// A field of an item that the two say differently.
  struct Line: Encodable {
    let id: String
    let field: String
    /// What the one node says and what the other says.
    let first: Said
    let second: Said
    let why: String

    fileprivate let short: String
    fileprivate let difference: FigureDifference

    private enum CodingKeys: CodingKey { case id, field, first, second, why }
  }

  /// What a node says; empty: nothing.
  struct Said: Encodable {
    let node: String
    let value: String
  }

  init(
    first: (division: String, items: [IdentifiedItem]),
    second: (division: String, items: [IdentifiedItem])
  ) {
    self.first = first.division
    self.second = second.division
    let one = Dictionary(first.items.map { ($0.id, $0.item) }) { item, _ in item }
    let other = Dictionary(second.items.map { ($0.id, $0.item) }) { item, _ in item }
    let ids = Set(one.keys).union(other.keys).sorted { $0.lexicographicallyPrecedes($1) }
    compared = ids.count
    lines = ids.flatMap { id in
      FigureDifference.between(one[id], other[id]).map { difference in
        Line(
          id: ItemName.full(id), field: difference.field,
          first: Said(node: first.division, value: difference.first),
          second: Said(node: second.division, value: difference.second),
          why: difference.cause.english, short: ItemName.short(id), difference: difference)
      }
    }
  }

  func page(in language: Language) -> Page {
    var page = Page()
    for line in lines { page.add(value: line) }
    if !lines.isEmpty {
      var table = TextTable([
        .init(language.word(.item), isWhole: true), .init(language.word(.what)),
        .init(first, isWhole: true), .init(second, isWhole: true), .init(language.word(.reason)),
      ])
      for line in lines {
        table.add([
          line.short, line.field, line.difference.first, line.difference.second,
          line.difference.cause[language],
        ])
      }
      page.add(table)
    }
    let differing = Set(lines.map(\.id)).count
    page.add(
      line: language.text(
        "核对 \(compared) 条，不同 \(differing) 条", "compared \(compared), different \(differing)"))
    return page
  }
}
