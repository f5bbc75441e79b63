internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// What a review of the register's quality finds (S12.2, S12.3), for the divisions of the caller.
struct RegisterReview {
  let node: Node
  let context: CallContext

  /// Persons read in one question to the ledger.
  static let pagePersons = 500

  /// Who lives or is registered in a division that the caller answers for.
  func isVisible(_ entry: RegisterEntry) -> Bool {
    [entry.subject.residence?.code, entry.subject.household?.code].contains { code in
      code.map { context.scope.covers(caller: context.caller.division, target: $0) } ?? false
    }
  }

  /// Every visible person, page by page.
  func forEachPage(_ body: ([RegisterEntry]) async throws -> Void) async throws {
    var last = LedgerPlace.start
    while true {
      let after = last
      let (end, page) = try await node.ledger.read { ledger in
        let page = try ledger.persons(after: after, limit: RegisterReview.pagePersons)
        return (
          page.last?.place, try page.map { try RegisterEntry($0.card) }.filter(self.isVisible)
        )
      }
      guard let end else { return }
      last = end
      try await body(page)
    }
  }

  /// Everybody, with how her case stands (S7.1); a person who counts under another is left out.
  func persons(_ replies: MessageWriter<RegisteredPerson>) async throws {
    try await forEachPage { page in
      let persons = try await node.ledger.read { ledger in
        try page.filter { try ledger.leadingKey(of: $0.key) == $0.key }
          .map { try $0.masked(in: ledger) }
      }
      for person in persons { try await replies.write(person) }
    }
  }

  /// S12.3: persons that look like one and are not merged yet.
  func duplicates(_ replies: MessageWriter<LookAlikes>) async throws {
    let groups = try await node.lookAlikes.groups {
      var entries: [RegisterEntry] = []
      try await forEachPage { entries += $0 }
      return entries
    }
    for group in groups {
      let found = group.persons
      let reply = try await node.ledger.read { ledger -> LookAlikes? in
        guard Set(try found.map { try ledger.leadingKey(of: $0.key) }).count > 1 else { return nil }
        var reply = LookAlikes()
        reply.ground = group.ground.rawValue
        reply.persons = try found.map { try $0.masked(in: ledger) }
        return reply
      }
      if let reply { try await replies.write(reply) }
    }
  }

  /// S12.3: persons without a number, unless a merge has given them one.
  func withoutNumber(_ replies: MessageWriter<NumberlessEntry>) async throws {
    try await forEachPage { page in
      let facts = Dictionary(page.map { ($0.card.record.hex, $0) }, uniquingKeysWith: { $1 })
      for person in NumberlessPerson.list(among: page.map(\.facts)) {
        guard let entry = facts[person.key] else { continue }
        let reply = try await node.ledger.read { ledger -> NumberlessEntry? in
          let hasNumber = try ledger.subjectKeys(of: entry.key).contains { key in
            guard key != entry.key, let card = try ledger.card(under: key) else { return false }
            return try !RegisterEntry(card).subject.citizenId.isBlank
          }
          if hasNumber { return nil }
          var reply = NumberlessEntry()
          reply.person = try entry.masked(in: ledger)
          reply.hasPlaceholder = person.hasPlaceholder
          reply.reason = entry.subject.noCitizenIdReason
          return reply
        }
        if let reply { try await replies.write(reply) }
      }
    }
  }

  /// S12.2: what is missing or contradicts.
  ///
  /// A doubtful number that is kept with a reason stays listed; a missing one with a reason is
  /// listed among those without a number.
  func defects(_ replies: MessageWriter<DefectEntry>) async throws {
    let (register, today) = (node.register, node.today)
    try await forEachPage { page in
      for entry in page {
        let found = PersonConsistency.defects(of: entry.facts, register: register, today: today)
          .filter { $0.cause != .missing || $0.field != PersonField.citizenID.rawValue }
        if found.isEmpty { continue }
        var reply = DefectEntry()
        reply.defects = found.map(Defect.init)
        reply.keptReason = entry.subject.noCitizenIdReason
        reply.person = try await node.ledger.read { try entry.masked(in: $0) }
        try await replies.write(reply)
      }
    }
  }
}

extension Defect {
  fileprivate init(_ failure: RuleFailure) {
    self.init()
    rule = failure.rule
    field = failure.field
    reason = failure.reason
    text = "\(failure.text.chinese) / \(failure.text.english)"
  }
}
