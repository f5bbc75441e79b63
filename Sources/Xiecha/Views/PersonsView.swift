import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Shows persons of the register, and whether their cases are confirmed (S7.1).
struct PersonsView {
  let persons: [RegisteredPerson]

  func page(in language: Language) -> Page {
    var page = Page()
    for person in persons { page.add(value: PersonText.Line(person)) }
    if persons.isEmpty {
      page.add(line: language.text("没有人员", "nobody"))
      return page
    }
    var table = TextTable(
      PersonText.columns(language) + [.init(language.text("登记确认", "confirmation"))])
    for person in persons {
      table.add(
        PersonText.cells(person) + [PersonText.confirmation(person.confirmation, language)])
    }
    page.add(table)
    return page
  }
}
