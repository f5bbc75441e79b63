import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// What is done with items.
struct ItemRoutes: Sendable {
  let visits: Visits

  func add(to router: Router<DeskContext>) {
    router.get("todo", use: visits.show { try await TodoPage(visit: $0).page() })
    router.post("todo/receive", use: visits.take(receiveChosen))
    router.post("todo/receive-all", use: visits.take(receiveAll))
    router.get("inbox", use: visits.show { try await BoxPage(visit: $0, box: .in).page() })
    router.get("outbox", use: visits.show { try await BoxPage(visit: $0, box: .out).page() })
    router.post("outbox/send-all", use: visits.take(sendAll))
    router.get("items/:item/sheet", use: visits.show { try await SheetPage(visit: $0).page() })
    router.get("items/:item", use: visits.show { try await ItemPage(visit: $0).page() })
    router.get("items/:item/answer", use: visits.show { try await AnswerPage(visit: $0).page() })
    router.post("items/:item/answer", use: visits.take { try await AnswerPage(visit: $0).submit() })
    router.post("items/:item/search", use: visits.take(search))
    router.post("items/:item/assign", use: visits.take(assign))
    router.post("items/:item/take-back", use: visits.take(takeBack))
    single("send", Items.send, BilingualText(chinese: "已发送", english: "sent"), router)
    single("receive", Items.receive, ItemRoutes.received, router)
    single("close", Items.close, BilingualText(chinese: "已办结", english: "closed"), router)
  }

  /// A step that needs nothing but the item.
  private func single(
    _ step: String, _ method: UnaryMethod<ItemsRequest, ItemsReply>, _ done: BilingualText,
    _ router: Router<DeskContext>
  ) {
    router.post(
      "items/:item/\(step)",
      use: visits.take { visit in
        let id = try visit.item
        return try await visit.act(then: ItemRoutes.back(visit), done[visit.language]) {
          var request = ItemsRequest()
          request.ids = [id]
          try ItemRoutes.check(try await visit.node.call(method, request).outcomes, visit)
        }
      })
  }

  private func receiveChosen(_ visit: Visit) async throws -> Response {
    let ids = visit.form.all("item").compactMap { name -> [UInt8]? in
      if case .whole(let id)? = ItemName.read(name) { id } else { nil }
    }
    guard !ids.isEmpty else {
      visit.session.say(
        visit.text("请先勾选要接收的信息", "tick what is to be received first"), isRefusal: true)
      return Replies.go(to: ItemRoutes.back(visit))
    }
    var request = ItemsRequest()
    request.ids = ids
    let outcomes = try await visit.node.call(Items.receive, request, seconds: 120).outcomes
    ItemRoutes.say(outcomes, ItemRoutes.received, visit)
    return Replies.go(to: ItemRoutes.back(visit))
  }

  private func sendAll(_ visit: Visit) async throws -> Response {
    let outcomes = try await visit.node.forEach([], all: true, calling: Items.send)
    ItemRoutes.say(outcomes, BilingualText(chinese: "已发送", english: "sent"), visit)
    return Replies.go(to: ItemRoutes.back(visit))
  }

  private func receiveAll(_ visit: Visit) async throws -> Response {
    let outcomes = try await visit.node.forEach([], all: true, calling: Items.receive)
    ItemRoutes.say(outcomes, ItemRoutes.received, visit)
    return Replies.go(to: ItemRoutes.back(visit))
  }

  private func assign(_ visit: Visit) async throws -> Response {
    var request = AssignRequest()
    request.id = try visit.item
    let written = visit.form["to"]
    if !written.isEmpty {
      guard let division = try? WrittenDivision.read(written).value else {
        visit.session.say(
          visit.text("“\(written)”不是区划代码：应为 9 位或 12 位数字", "9 or 12 digits are needed"),
          isRefusal: true)
        return Replies.go(to: ItemRoutes.back(visit))
      }
      request.to = "\(division)"
    }
    let assign = request
    return try await visit.act(then: ItemRoutes.back(visit), visit.text("已分解", "split")) {
      _ = try await visit.node.call(Items.assign, assign)
    }
  }

  private func search(_ visit: Visit) async throws -> Response {
    var request = SearchRequest()
    request.id = try visit.item
    var step = ExchangeProtos.SearchStep()
    step.source = Int(visit.form["source"]).flatMap(SearchSource.init)
    step.found = visit.form["found"] == "yes"
    step.note = visit.form["note"]
    request.step = step
    let search = request
    return try await visit.act(then: ItemRoutes.back(visit), visit.text("已记录查找", "search recorded"))
    {
      _ = try await visit.node.call(Items.recordSearch, search)
    }
  }

  private func takeBack(_ visit: Visit) async throws -> Response {
    var request = TakeBackRequest()
    request.id = try visit.item
    request.kind = EventKind.allCases.first { "\($0)" == visit.form["kind"] }
    request.reason = visit.form["reason"]
    let taking = request
    return try await visit.act(then: ItemRoutes.back(visit), visit.text("已撤回", "taken back")) {
      _ = try await visit.node.call(Items.takeBack, taking)
    }
  }

  private static func back(_ visit: Visit) -> String {
    LocalPath.read(visit.form["back"])
  }

  /// One item's refusal, as an error.
  private static func check(_ outcomes: [ItemOutcome], _ visit: Visit) throws {
    guard let refusal = outcomes.first(where: { !$0.done })?.refusal else { return }
    throw ProgramFailure(
      .refused, refusal.reason,
      chinese: TwoLanguages.part(of: refusal.text, in: .chinese),
      english: TwoLanguages.part(of: refusal.text, in: .english))
  }

  private static let received = BilingualText(chinese: "已接收", english: "received")

  private static func say(
    _ outcomes: [ItemOutcome], _ step: BilingualText, _ visit: Visit
  ) {
    let done = outcomes.count(where: \.done)
    if done > 0 || outcomes.isEmpty {
      visit.session.say("\(step[visit.language]) \(done)")
    }
    for outcome in outcomes where !outcome.done {
      let text = TwoLanguages.part(of: outcome.refusal?.text ?? "", in: visit.language)
      visit.session.say("\(ItemName.short(outcome.id))：\(text)", isRefusal: true)
    }
  }
}
