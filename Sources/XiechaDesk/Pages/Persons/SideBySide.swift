import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Persons beside one another, a column each; a line in which they differ is marked by a word and a
/// shape.
struct SideBySide {
  let language: Language
  let persons: [RegisteredPerson]
  /// Label and value of each line, a list for each person.
  let lines: [[(label: String, value: String)]]

  /// All that is shown unasked: masked (G3).
  init(masked persons: [RegisteredPerson], _ language: Language) {
    self.language = language
    self.persons = persons
    lines = persons.map { person in
      [
        (language.word(.name), person.maskedName),
        (language.word(.citizenID), person.maskedCitizenId),
        (language.word(.residence), DivisionText.text(person.residence)),
        (language.word(.household), DivisionText.text(person.household)),
        (language.text("记录数", "records"), "\(person.recordCount)"),
        (language.text("最近变更", "changed"), ChinaTime.text(person.changed)),
      ]
    }
  }

  /// Whole cards, which leave their trace (G2).
  init(whole cards: [(person: RegisteredPerson, card: Subject)], _ language: Language) {
    self.language = language
    persons = cards.map(\.person)
    lines = cards.map { SubjectText.lines($0.card, language).map { (label: $0.0, value: $0.1) } }
  }

  func markup(_ caption: String) -> Markup {
    .element(
      "div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": caption],
      [
        .parent(
          "table",
          [
            .leaf("caption", ["class": "unseen"], caption),
            .parent("thead", [.parent("tr", headings)]),
            .parent("tbody", labels.map(row)),
          ])
      ])
  }

  private var headings: [Markup] {
    [.leaf("th", ["scope": "col"], language.word(.what))]
      + persons.map { person in
        .element(
          "th", ["scope": "col"],
          [
            .leaf(
              "a", ["class": "number", "href": "/persons/\(ItemName.full(person.id))"],
              ItemName.short(person.id))
          ])
      }
  }

  /// In the order of the first who has it.
  private var labels: [String] {
    var labels: [String] = []
    for line in lines.joined() where !labels.contains(line.label) { labels.append(line.label) }
    return labels
  }

  private func row(_ label: String) -> Markup {
    let values = lines.map { lines in lines.first { $0.label == label }?.value ?? "" }
    let differs = Set(values).count > 1
    let mark: [Markup] =
      differs
      ? [.leaf("span", ["class": "mark soon"], "◆ \(language.text("不同", "differs"))")] : []
    return .element(
      "tr", differs ? ["class": "differs"] : [:],
      [.element("th", ["scope": "row"], [.text(label)] + mark)]
        + values.map { .leaf("td", [:], $0) })
  }
}
