internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// All that this node holds of one person, and everybody who has looked and why: what she can be given
/// (PIPL, article 45; G2).
///
/// She is found by her number, in every spelling in which something may have been kept, and with those
/// that count as one with her.
struct SubjectReporting {
  let node: Node
  let context: CallContext

  func report(
    _ request: SubjectReportRequest, _ replies: MessageWriter<SubjectPart>
  ) async throws {
    guard !request.purpose.saysNothing else {
      throw CallFailure.noPurpose
    }
    let number = request.citizenId
    // A doubtful number may be kept, so only what can be none at all is refused.
    guard CitizenIDReport.spelling(number).contains(where: \.isNumber) else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "citizen_id",
        "须填公民身份号码 / a citizen ID number is needed")
    }
    try await Tracing(node: node).read(
      allOf: CitizenIDReport.spelling(number), by: context.caller, purpose: request.purpose)
    let (items, register) = try await node.ledger.read { ledger -> ([StoredItem], [SubjectPart]) in
      let keys = try self.keys(ofNumber: number, in: ledger)
      return (try self.items(of: keys, in: ledger), try self.register(of: keys, in: ledger))
    }
    for item in items {
      let whole = try await Following(node: node, context: context).whole(item)
      try await replies.write(.of(.item(whole)))
    }
    for part in register { try await replies.write(part) }
    for trace in try await node.ledger.read({ try $0.traces(ofPerson: number) }) {
      try await replies.write(.of(.reading(SubjectReading(trace.entry))))
    }
  }

  /// All keys under which something may be kept of her.
  private func keys(ofNumber number: String, in ledger: LedgerReader) throws -> [String] {
    var seen: Set<String> = []
    return try PersonLookup.keys(ofNumber: number).flatMap { try ledger.subjectKeys(of: $0) }
      .filter { seen.insert($0).inserted }
  }

  /// The items about her that the caller may see, the oldest first.
  private func items(of keys: [String], in ledger: LedgerReader) throws -> [StoredItem] {
    let lookup = ItemLookup(node: node, context: context)
    var found: [LedgerID: StoredItem] = [:]
    for key in keys {
      var last: ItemCursor?
      while true {
        let page = try ledger.items(ItemQuery(.all, subjectKey: key), after: last)
        guard let end = page.last else { break }
        for item in page.map(\.item) where lookup.isVisible(item) { found[item.id] = item }
        last = end.cursor
      }
    }
    return found.values.sorted { ($0.times.entered, $0.id) < ($1.times.entered, $1.id) }
  }

  /// Every version of her records, and the steps of her case.
  private func register(of keys: [String], in ledger: LedgerReader) throws -> [SubjectPart] {
    let history = RegisterHistory(ledger: ledger)
    var records: [LedgerID] = []
    var steps: [StoredConfirmation] = []
    for key in keys {
      for record in try ledger.records(of: key, includingWithdrawn: true)
      where !records.contains(record.record) { records.append(record.record) }
      for step in try ledger.confirmations(of: key) where !steps.contains(step) {
        steps.append(step)
      }
    }
    var parts: [SubjectPart] = []
    for version in try records.flatMap({ try ledger.history(of: $0) }) {
      parts.append(.of(.version(try history.message(version))))
    }
    for step in steps { parts.append(.of(.confirmation(history.message(step)))) }
    return parts
  }
}

extension SubjectPart {
  fileprivate static func of(_ part: SubjectPart.Part) -> SubjectPart {
    var message = SubjectPart()
    message.part = part
    return message
  }
}

extension SubjectReading {
  fileprivate init(_ trace: TraceEntry) {
    self.init()
    at = trace.at
    actor = Actor(trace.actor)
    action = trace.action
    purpose = trace.purpose
    itemId = trace.item?.bytes ?? []
  }
}
