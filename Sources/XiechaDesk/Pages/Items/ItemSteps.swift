import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// What can be done with an item now: the next step first.
struct ItemSteps {
  let visit: Visit
  let reply: FollowReply
  private var language: Language { visit.language }
  private var summary: ItemSummary { reply.summary ?? ItemSummary() }
  private var path: String { "/items/\(ItemName.full(summary.id))" }

  func markup() -> [Markup] {
    var parts: [Markup]
    switch summary.state {
    case .entered: parts = [single("send", visit.text("发送", "send"))]
    case .delivered: parts = [single("receive", visit.text("接收", "receive"))]
    case .received: parts = [assign()] + (summary.canAnswer ? [answer()] : [])
    case .assigned: parts = summary.canAnswer ? [answer()] : []
    case .answered: parts = [single("close", visit.text("办结", "close"))]
    default: parts = []
    }
    parts.append(
      .element(
        "p", [:],
        [
          .leaf(
            "a", ["href": "\(path)/sheet"],
            visit.text("核查表（可打印）", "verification sheet, to print"))
        ]))
    if reply.events.contains(where: { $0.actor?.division == visit.session.actor.division }) {
      parts.append(takeBack())
    }
    return [
      .parent("section", [.leaf("h2", [:], visit.text("办理", "What to do"))] + parts)
    ]
  }

  private func single(_ step: String, _ label: String) -> Markup {
    Form.post(
      "\(path)/\(step)", token: visit.session.token,
      [Form.hidden("back", path), Form.button(label)])
  }

  /// S10.2: by the household address, or to a division that is named.
  private func assign() -> Markup {
    Form.post(
      "\(path)/assign", token: visit.session.token,
      [
        Form.hidden("back", path),
        Form.line(
          "to", visit.text("分解到（区划代码）", "split to (division code)"),
          hint: visit.text("不填则按户籍地分解", "empty: by the household address")),
        Form.button(visit.text("分解", "split")),
      ])
  }

  private func answer() -> Markup {
    .parent(
      "p",
      [
        .leaf(
          "a", ["class": "button first", "href": "\(path)/answer"],
          visit.text("查找并反馈", "search and answer"))
      ])
  }

  /// What the clerk's own office did and still counts (57), with the reason.
  private func takeBack() -> Markup {
    let kinds: [EventKind] = [.closed, .answered, .searched, .assigned, .entered]
    let own = kinds.filter { kind in
      reply.events.contains {
        $0.kind == kind && $0.actor?.division == visit.session.actor.division
      }
    }
    guard !own.isEmpty else { return .text("") }
    return .parent(
      "details",
      [
        .leaf("summary", [:], visit.text("撤回自己办理的一步", "take back a step of one's own")),
        Form.post(
          "\(path)/take-back", token: visit.session.token,
          [
            Form.hidden("back", path),
            Form.choice(
              "kind", language.word(.step), own.map { ("\($0)", $0.label[language]) }, chosen: ""),
            Form.line("reason", language.word(.reason), isRequired: true),
            Form.button(visit.text("撤回", "take back"), class: ""),
          ]),
      ])
  }
}
