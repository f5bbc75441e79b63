import ExchangeRules
import Operator
import Presentation

/// Shows figures at a glance, and flags what does not add up (S11.1).
struct BulletinView {
  let bulletins: [BulletinFile.Entry]

  func page(in language: Language) -> Page {
    var page = Page()
    for entry in bulletins {
      page.add(value: Line(entry))
      page.add(
        heading: entry.office.isEmpty ? "\(language.word(.line)) \(entry.line)" : entry.office)
      let flags = entry.bulletin.flags
      var table = TextTable([
        .init(language.word(.what)), .init(language.word(.value), alignsRight: true, isWhole: true),
        .init(language.text("核对", "check")),
      ])
      for figure in BulletinFigure.allCases {
        let found = flags.filter { $0.field == figure.rawValue }
        table.add([
          figure.label[language], entry.figures[figure].map(String.init) ?? "",
          found.map { "\($0.text[language])（\($0.rule)）" }.joined(separator: "；"),
        ])
      }
      page.add(table)
      page.addGap()
    }
    let flagged = bulletins.count { !$0.bulletin.flags.isEmpty }
    page.add(
      line: language.text(
        flagged == 0 ? "数字相符" : "数字不符的单位：\(flagged) 个",
        flagged == 0 ? "the figures add up" : "figures that do not add up: \(flagged)"))
    return page
  }

  private struct Line: Encodable {
    var line: Int
    var office: String
    var figures: [String: Int]
    var flags: [FlagLine]

    init(_ entry: BulletinFile.Entry) {
      line = entry.line
      office = entry.office
      figures = Dictionary(uniqueKeysWithValues: entry.figures.map { ($0.rawValue, $1) })
      flags = entry.bulletin.flags.map { FlagLine($0) }
    }
  }
}
