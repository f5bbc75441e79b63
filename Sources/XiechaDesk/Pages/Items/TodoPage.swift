import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// What is due, soonest first (S10.1).
struct TodoPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let after = ListPlace.read(visit.query["after"])
    let list = try await visit.node.page(.todo, after: after)
    var content = try await notices(isFirst: after.isEmpty)
    if list.items.isEmpty {
      content.append(
        .element("section", [:], [.leaf("p", [:], visit.text("没有待办", "nothing is due"))]))
    } else {
      content.append(form(of: list))
    }
    return visit.page(visit.text("待办", "To do"), content)
  }

  /// What stands before the list: counts, the node's notices, letters that wait.
  private func notices(isFirst: Bool) async throws -> [Markup] {
    guard isFirst else { return [] }
    // A village has no counts: its list says all.
    async let counts = try? visit.node.call(Items.counts, CountsRequest())
    async let waiting = visit.node.allLettersWaiting()
    async let who = visit.node.call(Account.whoAmI, WhoAmIRequest())
    let (values, letters, notices) = (await counts, try await waiting, try await who.notices)
    var content: [Markup] = notices.map { notice in
      .leaf("p", ["class": "note"], TwoLanguages.part(of: notice.text, in: language))
    }
    if !letters.isEmpty {
      content.append(
        .element(
          "p", ["class": "note"],
          [
            .text(
              visit.text("待签收函件 \(letters.count) 份：", "letters to acknowledge: \(letters.count) ")),
            .leaf("a", ["href": "/letters"], visit.text("去签收", "open them")),
          ]))
    }
    if let values { content.append(numbers(values)) }
    return content
  }

  /// What waits, by the step that comes next.
  private func numbers(_ values: CountsReply) -> Markup {
    let names = [
      ("in.delivered", visit.text("待接收", "to receive")),
      ("in.received", visit.text("待分解", "to split")),
      ("in.assigned", visit.text("待反馈", "to answer")),
      ("out.entered", visit.text("待发送", "to send")),
      ("out.answered", visit.text("待办结", "to close")),
    ]
    return .element(
      "ul", ["class": "counts"],
      names.map { name, label in
        let count = values.counts.first { $0.name == name }?.value ?? 0
        return .parent("li", [.leaf("b", [:], "\(count)"), .text(label)])
      })
  }

  private func form(of list: ListedItems) -> Markup {
    let table = ItemTable(
      items: list.items, language: language, today: visit.today, hasTicks: true, hasSteps: true)
    var buttons: [Markup] = []
    if list.items.contains(where: { $0.state == .delivered }) {
      buttons = [
        Form.button(
          visit.text("接收所选", "receive those chosen"), to: "/todo/receive", class: "first"),
        Form.button(
          visit.text("接收全部已送达的", "receive all that were delivered"), to: "/todo/receive-all"),
      ]
    }
    if !list.next.isEmpty {
      buttons.append(
        .leaf(
          "a", ["class": "button", "href": "/todo?after=\(ListPlace.text(list.next))"],
          visit.text("下一页", "next page")))
    }
    return Form.post(
      "/todo/receive", token: visit.session.token,
      [
        Form.hidden("back", visit.address),
        .element("section", ["class": "wide"], [table.markup()]),
        .element("div", ["class": "row"], buttons),
      ])
  }
}
