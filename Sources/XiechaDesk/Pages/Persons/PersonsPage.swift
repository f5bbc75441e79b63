import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// The persons of the register, masked (G3), and the way to one of them.
struct PersonsPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let isAwaiting = visit.query["awaiting"] == "1"
    let persons = try await visit.node.all(Records.persons, ReviewRequest()).filter { person in
      !isAwaiting || person.confirmation == CaseConfirmation.awaited.rawValue
    }
    let size = DeskLimits.itemsOnPage
    let number = max(1, Int(visit.query["page"]) ?? 1)
    let shown = persons.dropFirst((number - 1).multipliedReportingOverflow(by: size).partialValue)
      .prefix(size)
    var content = [
      PersonsPage.tabs(visit, shown: isAwaiting ? "/persons?awaiting=1" : "/persons"), find(),
      .element(
        "section", ["class": "wide"],
        shown.isEmpty
          ? [.leaf("p", [:], visit.text("没有人员", "nobody"))] : [table(Array(shown))]),
    ]
    if persons.count > number * size {
      let next = visit.query.with("page", "\(number + 1)").encoded
      content.append(
        .leaf(
          "a", ["class": "button", "href": "/persons?\(next)"], visit.text("下一页", "next page")))
    }
    return visit.page(visit.text("人员", "Persons"), content)
  }

  /// The pages about persons.
  static func tabs(_ visit: Visit, shown: String) -> Markup {
    Tabs.markup(
      visit.text("人员各页", "pages of persons"),
      [
        ("/persons", visit.text("登记的人员", "registered")),
        ("/persons?awaiting=1", visit.text("待审核确认", "to be confirmed")),
        ("/persons/duplicates", visit.text("查重", "duplicates")),
        ("/persons/quality", visit.text("资料问题", "defects")),
      ], shown: shown)
  }

  /// Goes to the person that a number names: hers, or that of an item about her.
  func look() async throws -> Response {
    let name = visit.form["name"]
    do {
      let id = try await PersonFinder(node: visit.node).id(ofItemOrPerson: name)
      let purpose = visit.form["purpose"]
      if !purpose.isEmpty { visit.session.remember(purpose: purpose, of: id) }
      return Replies.go(to: "/persons/\(ItemName.full(id))")
    } catch let failure as ProgramFailure {
      visit.session.say(failure.text[language], isRefusal: true)
      return Replies.go(to: "/persons")
    }
  }

  private func find() -> Markup {
    Form.post(
      "/persons/find", token: visit.session.token, class: "row card",
      [
        Form.line(
          "name", visit.text("人员或信息编号", "number of a person or an item"),
          hint: visit.text("清单中的八位编号", "the eight digits of a list"), isRequired: true),
        Form.line(
          "purpose", visit.text("查看目的（留痕）", "purpose, leaves a trace"), isRequired: true),
        Form.button(visit.text("查看", "show")),
      ])
  }

  private func table(_ persons: [RegisteredPerson]) -> Markup {
    let headings = [
      language.word(.name), language.word(.citizenID), language.word(.residence),
      language.word(.household), visit.text("记录数", "records"),
      visit.text("登记确认", "confirmation"), visit.text("最近变更", "changed"), language.word(.item),
    ]
    return .parent(
      "table",
      [
        .leaf("caption", ["class": "unseen"], visit.text("登记的人员", "registered persons")),
        .parent("thead", [.parent("tr", headings.map { .leaf("th", ["scope": "col"], $0) })]),
        .parent("tbody", persons.map(row)),
      ])
  }

  private func row(of person: RegisteredPerson) -> Markup {
    .parent(
      "tr",
      [
        .leaf("td", [:], person.maskedName),
        .leaf("td", ["class": "number"], person.maskedCitizenId),
        .leaf("td", [:], DivisionText.short(person.residence)),
        .leaf("td", [:], DivisionText.short(person.household)),
        .leaf("td", ["class": "number"], "\(person.recordCount)"),
        .leaf("td", [:], PersonText.confirmation(person.confirmation, language)),
        .leaf("td", ["class": "number"], ChinaTime.text(person.changed)),
        .parent(
          "td",
          [
            .leaf(
              "a", ["class": "number", "href": "/persons/\(ItemName.full(person.id))"],
              ItemName.short(person.id))
          ]),
      ])
  }
}
