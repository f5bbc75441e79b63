internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// S12.3: two persons found to be one count as one, with nothing lost and a way back.
///
/// Nothing is moved: each keeps her versions, and the facts of the one that stays count.
struct RegisterMerging {
  let node: Node
  let context: CallContext

  func merge(_ request: MergeRequest) async throws -> MergeReply {
    guard !request.others.isEmpty else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "others",
        "须写明合并哪些人 / name the persons that are merged")
    }
    guard !request.reason.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "reason",
        "须说明合并理由 (S12.3) / say why they are one (S12.3)")
    }
    let keep = try await entry(request.keep, "keep")
    var others: [RegisterEntry] = []
    for id in request.others { others.append(try await entry(id, "others")) }
    let differing = try others.flatMap { try RegisterMerging.differing(keep, $0) }
    let (now, actor, reason, absorbed) = (node.now(), actor, request.reason, others)
    let merges = try await commit { ledger in
      for other in absorbed {
        try ledger.merge(other.key, into: keep.key, at: now, by: actor, reason: reason)
        try ledger.leaveTrace(
          TraceEntry(at: now, actor: actor, action: "merge", purpose: reason, subjectKey: other.key)
        )
      }
      return try RegisterMerging.holding(absorbed, in: ledger)
    }
    var reply = MergeReply()
    reply.merges = merges
    reply.differing = PersonField.allCases.filter(differing.contains).map(\.rawValue)
    return reply
  }

  func undo(_ request: UndoMergeRequest) async throws -> MergeReply {
    let entry = try await entry(request.person, "person")
    let (now, actor) = (node.now(), actor)
    let merges = try await commit { ledger in
      guard
        let merge = try ledger.merges(of: entry.key)
          .first(where: { $0.merged == entry.key && $0.undone == 0 })
      else {
        throw LedgerFailure(.unknown, "this person is not merged with another")
      }
      try ledger.undoMerge(merge.number, at: now, by: actor)
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "undo-merge", purpose: "", subjectKey: entry.key))
      let undone = try ledger.merges(of: entry.key).filter { $0.number == merge.number }
      return try undone.map { try RegisterHistory(ledger: ledger).message(of: $0) }
    }
    var reply = MergeReply()
    reply.merges = merges
    return reply
  }

  private var actor: LedgerActor { LedgerActor(context.caller) }

  /// The fields on which the two differ.
  ///
  /// The operator has chosen whose stay; the rule says where a choice was made.
  private static func differing(
    _ keep: RegisterEntry, _ other: RegisterEntry
  ) throws -> [PersonField] {
    let fields = PersonMerge.differences(keep.facts, other.facts)
    do throws(RuleFailure) {
      return try PersonMerge(
        keep.facts, absorbing: other.facts,
        choices: Dictionary(uniqueKeysWithValues: fields.map { ($0, .survivor) })
      ).conflicts
    } catch {
      try CallFailure.check([.fails(error)])
      return []
    }
  }

  private static func holding(
    _ entries: [RegisterEntry], in ledger: LedgerReader
  ) throws -> [RegisteredMerge] {
    try entries.flatMap { entry in
      try ledger.merges(of: entry.key).filter { $0.merged == entry.key && $0.undone == 0 }
    }.map { try RegisterHistory(ledger: ledger).message(of: $0) }
  }

  private func entry(_ id: [UInt8], _ field: String) async throws -> RegisterEntry {
    let card = try await node.ledger.read { ledger in
      try LedgerID(id).flatMap { try ledger.record($0) }
    }
    guard let card, card.category == PersonCard.category else { throw unknown(field) }
    let entry = try RegisterEntry(card)
    guard RegisterReview(node: node, context: context).isVisible(entry) else {
      throw unknown(field)
    }
    return entry
  }

  private func unknown(_ field: String) -> CallFailure {
    CallFailure(
      .notFound, .unknownPerson, field: field,
      "登记中没有这个人 / no such person is in this register")
  }

  /// What the register does not allow is the caller's to correct.
  private func commit<Value: Sendable>(
    _ work: @escaping @Sendable (LedgerTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await node.ledger.commit(work)
    } catch let failure as LedgerFailure {
      switch failure.reason {
      case .invalid:
        throw CallFailure(
          .failedPrecondition, .oneAlready, field: "others",
          "已是同一人，无须合并 / these are one person already")
      case .exists:
        throw CallFailure(
          .failedPrecondition, .mergedAlready, field: "others",
          "已与他人合并，请先撤销 / merged with another already; take that back first")
      case .unknown:
        throw CallFailure(
          .failedPrecondition, .notMerged, field: "person",
          "此人没有合并可撤销 / this person is not merged with another")
      default: throw failure
      }
    }
  }
}
