internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Fields of a claim become a version of a person's card, by the side that manages them (S7.1, S7.2).
struct Accepting {
  let node: Node
  let context: CallContext

  func accept(_ request: AcceptRequest) async throws -> AcceptReply {
    guard let person = LedgerID(request.person), let item = LedgerID(request.item) else {
      throw CallFailure.unknownItem
    }
    let fields = request.fields.compactMap(SubjectField.init)
    guard !fields.isEmpty, fields.count == request.fields.count else {
      throw CallFailure.noSubjectField(field: "fields")
    }
    let review = RegisterReview(node: node, context: context)
    let (now, caller) = (node.now(), context.caller)
    let version = try await node.ledger.commit { ledger -> Int in
      guard let card = try ledger.record(person), card.category == PersonCard.category,
        !card.isWithdrawn, try review.isVisible(RegisterEntry(card)),
        let claim = try Claims(ledger: ledger).claims(about: card)
          .first(where: { $0.item.id == item })
      else { throw CallFailure.unknownItem }
      var facts = try Subject(decoding: card.body)
      try CallFailure.check(
        fields.map { field in
          guard claim.fields.contains(field) else { return .fails(Accepting.notClaimed(field)) }
          return facts.isManaged(field.side, by: caller.division)
            ? .meets : .fails(Accepting.notManaged(field))
        })
      for field in fields { facts.take(field, from: claim.subject) }
      var next = card
      next.at = now
      next.actor = LedgerActor(caller)
      next.sourceItem = item
      next.note = VersionNote.accepted.rawValue
      next.body = facts.encoded()
      _ = try ledger.keep(next)
      try ledger.leaveTrace(
        TraceEntry(
          at: now, actor: next.actor, action: "accept",
          purpose: fields.map(\.rawValue).joined(separator: " "), item: item,
          subjectKey: card.subjectKey))
      return card.version + 1
    }
    var reply = AcceptReply()
    reply.version = UInt32(clamping: version)
    return reply
  }

  private static func notClaimed(_ field: SubjectField) -> RuleFailure {
    RuleFailure(
      rule: "S12.1", field: "fields", reason: .unknown,
      chinese: "该信息对“\(field.label.chinese)”没有不同的说法",
      english: "the item says nothing else of \(field.label.english)")
  }

  private static func notManaged(_ field: SubjectField) -> RuleFailure {
    RuleFailure(
      rule: field.side == .residence ? "S7.1" : "S7.2", field: "fields", reason: .wrongDivision,
      chinese: "“\(field.label.chinese)”由\(field.side.label.chinese)管理，只能由其采纳",
      english: "\(field.label.english) is the \(field.side.label.english)'s to take over")
  }
}
