import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// What came in, or what went out.
///
/// The filters stand in the address, which so can be kept or sent on; it names no person.
struct BoxPage {
  let visit: Visit
  /// `.in` or `.out`.
  let box: Box
  private var language: Language { visit.language }
  private var path: String { box == .in ? "/inbox" : "/outbox" }

  func page() async throws -> Response {
    let state = ItemState(word: visit.query["state"])
    let list = try await visit.node.page(
      box, state: state, after: ListPlace.read(visit.query["after"]))
    var content = [filter(state)]
    if list.items.isEmpty {
      content.append(.parent("section", [.leaf("p", [:], visit.text("没有信息", "nothing"))]))
    } else {
      content.append(form(of: list))
    }
    return visit.page(
      box == .in ? visit.text("收件", "Inbox") : visit.text("发件", "Outbox"), content)
  }

  private func filter(_ state: ItemState?) -> Markup {
    Form.filter(
      path, language,
      [
        Form.choice(
          "state", language.word(.state),
          [("", visit.text("全部", "all"))]
            + ItemState.allCases.map { ($0.word, $0.label[language]) },
          chosen: state?.word ?? "")
      ])
  }

  private func form(of list: ListedItems) -> Markup {
    let table = ItemTable(
      items: list.items, language: language, today: visit.today, showsSender: box == .in,
      hasSteps: true)
    var buttons: [Markup] = []
    if box == .out, list.items.contains(where: { $0.state == .entered }) {
      buttons.append(
        Form.button(visit.text("发送全部已录入的", "send all that were entered"), to: "/outbox/send-all"))
    }
    if !list.next.isEmpty {
      let next = visit.query.with("after", ListPlace.text(list.next)).encoded
      buttons.append(
        .leaf(
          "a", ["class": "button", "href": "\(path)?\(next)"], visit.text("下一页", "next page")))
    }
    return Form.post(
      "\(path)/none", token: visit.session.token,
      [
        Form.hidden("back", visit.address),
        .element("section", ["class": "wide"], [table.markup()]),
        .element("div", ["class": "row"], buttons),
      ])
  }
}
