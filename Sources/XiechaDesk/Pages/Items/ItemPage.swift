import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// One item: who, what is asked, when it is due and why, what happened to it, and what can be done.
struct ItemPage {
  let visit: Visit
  private var language: Language { visit.language }

  /// Asks for the purpose the first time (G2), then shows the item; each reading leaves its trace.
  func page() async throws -> Response {
    let id = try visit.item
    guard let purpose = visit.session.purpose(of: id) else { return askPurpose(id) }
    return show(try await visit.node.follow(id, purpose: purpose))
  }

  /// Takes the purpose and goes on to the page that asked for it.
  func takePurpose() throws -> Response {
    let id = try visit.item
    let purpose = visit.form["purpose"] == "" ? visit.form["choice"] : visit.form["purpose"]
    if !purpose.isEmpty { visit.session.remember(purpose: purpose, of: id) }
    return Replies.go(to: LocalPath.read(visit.form["back"], otherwise: "/todo"))
  }

  /// The question that comes before a person's record.
  func askPurpose(_ id: [UInt8]) -> Response {
    let usual = [
      visit.text("办理该协查", "work on this request"), visit.text("核对反馈结果", "check the answer"),
      visit.text("答复来电询问", "answer an enquiry"),
    ]
    return visit.page(
      visit.text("查看目的", "Purpose"),
      [
        .element(
          "div", ["class": "narrow"],
          [
            .leaf(
              "p", [:],
              visit.text(
                "查看个人记录会留痕：谁、何时、为何。目的只问一次。",
                "Reading a person's record leaves a trace: who, when and why. You are asked once.")),
            Form.post(
              "/items/\(ItemName.full(id))/purpose", token: visit.session.token, class: "card",
              [
                Form.hidden("back", visit.address),
                .element(
                  "fieldset", [:],
                  [.leaf("legend", [:], visit.text("目的", "purpose"))]
                    + usual.enumerated().map { place, text in
                      Form.tick("radio", "choice", text, text, isOn: place == 0)
                    }),
                Form.line("purpose", visit.text("其他目的", "another purpose")),
                Form.button(visit.text("查看", "show it")),
              ]),
          ])
      ])
  }

  private func show(_ reply: FollowReply) -> Response {
    let summary = reply.summary ?? ItemSummary()
    let history = HistorySections(reply: reply, here: visit.node.profile.division, visit.language)
    let steps = ItemSteps(visit: visit, reply: reply)
    return visit.page(
      "\(Words.kind(summary.kind, language)) \(ItemName.short(summary.id))",
      [
        .parent(
          "p",
          [
            .text(
              [
                Words.category(summary.category, language), Words.state(summary.state, language),
                "\(DivisionText.short(summary.from)) → \(DivisionText.short(summary.to))",
              ].joined(separator: " · ") + " · ")
          ] + DueText.markup(of: summary, today: visit.today, language)
            + [DueText.urgency(of: summary, language)].compactMap(\.self)),
        .element(
          "div", ["class": "columns"],
          [
            .parent("div", history.advice() + [history.person(), history.deadlines()]),
            .parent("div", steps.markup() + [history.times()]),
          ]),
      ])
  }
}

extension NodeSession {
  /// An item with all that happened to it.
  func follow(_ id: [UInt8], purpose: String) async throws -> FollowReply {
    var request = FollowRequest()
    request.id = id
    request.purpose = purpose
    return try await call(Items.follow, request)
  }
}
