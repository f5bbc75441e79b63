import ExchangeRules
import Presentation

/// Shows figures at a glance, and flags what does not add up (S11.1).
struct BulletinView {
  let bulletins: [BulletinFile.Entry]

  func show(on console: Console) throws {
    if console.isJSON {
      for entry in bulletins { try console.showJSON(Line(entry)) }
      return
    }
    for entry in bulletins {
      console.show([entry.office.isEmpty ? "\(console.word(.line)) \(entry.line)" : entry.office])
      let flags = entry.bulletin.flags
      var table = TextTable([
        .init(console.word(.what)), .init(console.word(.value), alignsRight: true, isWhole: true),
        .init(console.text("核对", "check")),
      ])
      for figure in BulletinFigure.allCases {
        let found = flags.filter { $0.field == figure.rawValue }
        table.add([
          figure.label[console.language], entry.figures[figure].map(String.init) ?? "",
          found.map { "\($0.text[console.language])（\($0.rule)）" }.joined(separator: "；"),
        ])
      }
      console.show(table)
      console.show([""])
    }
    let flagged = bulletins.count { !$0.bulletin.flags.isEmpty }
    console.say(
      flagged == 0 ? "数字相符" : "数字不符的单位：\(flagged) 个",
      flagged == 0 ? "the figures add up" : "figures that do not add up: \(flagged)")
  }

  private struct Line: Encodable {
    struct Flag: Encodable {
      var rule: String
      var field: String
      var reason: String
      var text: String
    }

    var line: Int
    var office: String
    var figures: [String: Int]
    var flags: [Flag]

    init(_ entry: BulletinFile.Entry) {
      line = entry.line
      office = entry.office
      figures = Dictionary(uniqueKeysWithValues: entry.figures.map { ($0.rawValue, $1) })
      flags = entry.bulletin.flags.map {
        Flag(rule: $0.rule, field: $0.field, reason: $0.reason, text: $0.text.chinese)
      }
    }
  }
}
