import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Shows persons that look like one, group by group.
struct DuplicatesView {
  let groups: [LookAlikes]

  func page(in language: Language) -> Page {
    var page = Page()
    if groups.isEmpty {
      page.add(line: language.text("没有疑似重复的人员", "no persons look like one"))
      return page
    }
    for group in groups {
      page.add(value: Line(group))
      let ground = DuplicateGround(rawValue: group.ground)?.label[language]
      page.add(heading: "\(ground ?? group.ground)（S12.3）")
      var table = TextTable(PersonText.columns(language))
      for person in group.persons { table.add(PersonText.cells(person)) }
      page.add(table)
      page.addGap()
    }
    return page
  }

  private struct Line: Encodable {
    var ground: String
    var persons: [PersonText.Line]

    init(_ group: LookAlikes) {
      ground = group.ground
      persons = group.persons.map(PersonText.Line.init)
    }
  }
}
