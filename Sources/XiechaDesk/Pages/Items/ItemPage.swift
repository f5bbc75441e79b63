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

  /// The question that comes before a person's record.
  func askPurpose(_ id: [UInt8]) -> Response {
    PurposePage(visit: visit).ask(
      [id],
      usual: [
        visit.text("办理该协查", "work on this request"), visit.text("核对反馈结果", "check the answer"),
        visit.text("答复来电询问", "answer an enquiry"),
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
