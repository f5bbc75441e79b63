import CaseFile
import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// The verification sheet (核查表) for a walk to the village: what is asked, and room for what is found.
struct SheetPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let id = try visit.item
    guard let purpose = visit.session.purpose(of: id) else {
      return ItemPage(visit: visit).askPurpose(id)
    }
    let reply = try await visit.node.follow(id, purpose: purpose)
    let asked = AskedFacts.lines(of: reply.item?.subject ?? Subject(), language)
    let history = HistorySections(
      reply: reply, here: visit.node.profile.division, language)
    return visit.page(
      visit.text("流动人口信息核查表 \(ItemName.short(id))", "Verification sheet \(ItemName.short(id))"),
      [
        .element(
          "p", ["class": "no-print soft"],
          [
            .text(visit.text("用浏览器的打印功能打印（A4）。", "Print it with the browser (A4). ")),
            .leaf(
              "a", ["href": "/items/\(ItemName.full(id))"],
              visit.text("返回该条信息", "back to the item")),
          ]),
        history.person(), table(asked), search(), signature(),
      ])
  }

  private func table(_ asked: [CheckItem: String]) -> Markup {
    let headings = [
      visit.text("核查项目", "to check"), visit.text("来文所写", "as asked"),
      visit.text("相符", "same"), visit.text("登记内容（不符时）", "what is registered"),
    ]
    return .element(
      "section", ["class": "sheet"],
      [
        .leaf("h2", [:], visit.text("逐项核对", "Item by item")),
        .parent(
          "table",
          [
            .parent(
              "thead", [.parent("tr", headings.map { .leaf("th", ["scope": "col"], $0) })]),
            .parent(
              "tbody",
              CheckItem.allCases.map { item in
                .parent(
                  "tr",
                  [
                    .leaf("td", [:], item.label[language]), .leaf("td", [:], asked[item] ?? ""),
                    .leaf("td", [:], "□"), .leaf("td", [:], ""),
                  ])
              }),
          ]),
      ])
  }

  /// S6.4: in this order.
  private func search() -> Markup {
    .parent(
      "section",
      [
        .leaf("h2", [:], visit.text("查找（按顺序）", "Search, in this order")),
        .element(
          "ol", ["class": "plain"],
          SearchSource.householdOrder.map {
            .leaf(
              "li", [:],
              "\($0.label[language])：□ \(visit.text("查到", "found"))　□ \(visit.text("未查到", "not there"))"
            )
          }),
      ])
  }

  private func signature() -> Markup {
    .leaf(
      "p", [:],
      visit.text(
        "核查人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿　备注：＿＿＿＿＿＿＿＿＿＿＿＿＿＿",
        "checked by: ______________  day: ____________  remark: __________________"))
  }
}
