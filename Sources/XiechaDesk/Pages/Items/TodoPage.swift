import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

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
    var content = notices.map(note)
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
    if let values { content.append(WaitingNumbers.markup(values, language)) }
    return content
  }

  /// What the office should see to; what is done on a page leads there.
  private func note(_ notice: Advice) -> Markup {
    let text = TwoLanguages.part(of: notice.text, in: language)
    guard notice.reason == FailureReason.passwordExpired.rawValue else {
      return .leaf("p", ["class": "note"], text)
    }
    return .element("p", ["class": "note"], [.leaf("a", ["href": "/account"], text)])
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
