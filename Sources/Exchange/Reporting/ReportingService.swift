internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The reports that townships and villages owe of a month: rosters (S10.6) and monthly tables (S12.5),
/// each a letter to the office above.
struct ReportingService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Letters.report) { request, context in
      try await report(request, context)
    }
    methods.stream(Letters.reports) { request, context, replies in
      for standing in try await standings(request, context) { try await replies.write(standing) }
    }
  }

  /// Makes the report of the caller's office and sends it; one that was sent stays as it is.
  private func report(
    _ request: ReportRequest, _ context: CallContext
  ) async throws -> LetterSummary {
    let month = try ReportingService.month(request.month)
    let own = context.caller.division
    guard let kind = request.kind, let office = DivisionCode(own),
      let duty = ReportDuty(kind, of: office, in: month)
    else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "kind",
        "\(own)不上报\(request.kind?.label.chinese ?? "") / \(own) owes no such report")
    }
    try CallFailure.check([ReportDuty.canBeMade(of: month, on: node.today)])
    let id = StoredLetter.id(
      of: kind, from: own, to: "\(duty.addressee)", period: month.first.yyyymmdd, part: 1)
    if let sent = try await node.ledger.read({ try $0.letter(id) }) { return LetterSummary(sent) }
    let drafts =
      switch kind {
      case .monthlyTables: [try await TablesDraft(node: node).draft(of: office, month, duty)]
      case .roster, .dunning:
        try await RosterDrafts(node: node, context: context).drafts(of: office, month, duty)
      }
    let (letters, actor, now) = (node.letters, LedgerActor(context.caller), node.now())
    do {
      let written = try await node.ledger.commit { ledger in
        try drafts.map { try letters.issue($0, by: actor, now: now, in: ledger) }
      }
      node.signals.raise(Set(written.compactMap(\.told)))
    } catch {
      throw CallFailure(ledger: error)
    }
    guard let sent = try await node.ledger.read({ try $0.letter(id) }) else {
      throw CallFailure(.internal, .internal, "the report was not kept")
    }
    return LetterSummary(sent)
  }

  /// How each office within the one asked about stands with a report, those first that come first by
  /// their codes.
  private func standings(
    _ request: ReportsRequest, _ context: CallContext
  ) async throws -> [ReportStanding] {
    let month = try ReportingService.month(request.month)
    let question = try OfficeQuestion(
      cycle: request.month, of: request.of, by: context, at: node)
    guard let kind = request.kind else { return [] }
    let digits = question.figures.digits
    return try await node.ledger.read { ledger in
      var offices: Set<DivisionCode> = []
      for level in [DivisionLevel.township, .village] {
        offices.formUnion(
          try WorkReport.divisions(at: level, within: question.figures, in: ledger))
      }
      for node in try ledger.nodes() {
        if let office = DivisionCode(node.division), question.figures.covers(node.division) {
          offices.insert(office)
        }
      }
      var sent: [String: StoredLetter] = [:]
      var last: StoredLetter?
      repeat {
        let page = try ledger.letters(
          kind, of: month.first.yyyymmdd, within: digits, after: last)
        for letter in page where letter.part == 1 { sent[letter.issuer] = letter }
        last = page.last
      } while last != nil
      return offices.sorted().compactMap { office in
        guard let duty = ReportDuty(kind, of: office, in: month) else { return nil }
        var standing = ReportStanding()
        standing.office = "\(office)"
        standing.due = duty.due.yyyymmdd
        standing.letter = sent["\(office)"].map { LetterSummary($0) }
        return standing
      }
    }
  }

  private static func month(_ text: String) throws(CallFailure) -> CycleMonth {
    guard let month = CycleMonth(text) else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "month",
        "月份按 年-月 书写，如 2026-10 / a month is written YYYY-MM, such as 2026-10")
    }
    return month
  }
}
