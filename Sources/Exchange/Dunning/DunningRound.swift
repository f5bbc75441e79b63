internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

extension Node {
  /// Writes the lists of the last week whose dunning day has come, where they are not written yet
  /// (S10.4): so a node that was off on the Friday does it when it starts.
  ///
  /// A store that was put back waits until its neighbours have told it what it has lost: their lists
  /// may be among that.
  ///
  /// - Returns: How many letters were written.
  /// - Throws: What is wrong with the ledger.
  public func dun() async throws -> Int {
    guard identity.kind != .township,
      let (week, day) = DunningWeek.last(through: today, by: calendar),
      let rule = DunningRule.inForce(on: day)
    else { return 0 }
    let isDue = try await ledger.read { [self] ledger in
      try !isDunned(for: week, in: ledger) && ledger.awaited().isEmpty
    }
    guard isDue else { return 0 }
    return try await DunningRound(node: self, week: week, day: day, rule: rule).run()
  }

  /// Whether the lists of a week are made.
  ///
  /// That those of a later week are made says a clock that was ahead: then the letters tell.
  private func isDunned(for week: DunningWeek, in ledger: LedgerReader) throws -> Bool {
    let (through, friday) = (try ledger.dunnedThrough(), week.friday.yyyymmdd)
    if through <= friday { return through == friday }
    return try ledger.letters(.dunning, of: friday, within: identity.division.prefix)
      .contains { $0.issuer == "\(identity.division)" }
  }
}

/// The lists of one week at one node: what is late, for each office that is dunned for it.
struct DunningRound {
  let node: Node
  let week: DunningWeek
  let day: CivilDate
  let rule: DunningRule

  /// The most that one letter holds (`Protos/letters.proto`).
  private static let linesOfLetter = 4000
  /// Letters that share a commit.
  private static let lettersOfCommit = 64

  /// Writes the letters, and that they are written.
  func run() async throws -> Int {
    let lists = try await lists()
    var written = 0
    var drafts: [LetterBook.Draft] = []
    for (addressee, lines) in lists.sorted(by: { $0.key < $1.key }) {
      drafts += letters(to: addressee, lines)
      if drafts.count >= DunningRound.lettersOfCommit {
        written += try await write(drafts)
        drafts = []
      }
    }
    written += try await write(drafts)
    let friday = week.friday
    try await node.ledger.commit { try $0.keepDunned(through: friday) }
    return written
  }

  private func lists() async throws -> [DivisionCode: [DunningLine]] {
    let destinations = try await Destinations(of: node)
    let isProvince = node.identity.kind == .province
    let query = ItemQuery(isProvince ? .waiting : .todo, dueBefore: day.yyyymmdd)
    var lists: [DivisionCode: [DunningLine]] = [:]
    for try await page in node.ledger.pages(of: query, pageRows: LedgerLimits.pageRows) {
      for listed in page {
        let item = listed.item
        guard let due = CivilDate(yyyymmdd: item.due), let county = DivisionCode(item.to) else {
          continue
        }
        let late = LateItem(
          due: due, county: county, holder: DivisionCode(item.assignedTo),
          stopped: destinations.stopped(item))
        let addressees = rule.addressees(of: late, on: day, from: node.identity.division)
        guard !addressees.isEmpty, let level = rule.level(of: late, on: day) else { continue }
        let line = DunningLine(
          item, late, level, on: day,
          responsible: destinations.operators[late.holder?.township ?? county] ?? "")
        for addressee in addressees { lists[addressee, default: []].append(line) }
      }
    }
    return lists
  }

  /// The letters of one list; items come with the longest late first.
  private func letters(to addressee: DivisionCode, _ lines: [DunningLine]) -> [LetterBook.Draft] {
    let starts = Array(stride(from: 0, to: lines.count, by: DunningRound.linesOfLetter))
    return starts.enumerated().map { part, start in
      var list = DunningList()
      list.day = day.yyyymmdd
      list.rules = rule.name
      list.parts = UInt32(clamping: starts.count)
      list.late = UInt64(clamping: lines.count)
      list.lines = Array(lines[start..<min(start + DunningRound.linesOfLetter, lines.count)])
      return LetterBook.Draft(
        kind: .dunning, issuer: node.identity.division, addressee: addressee,
        period: week.friday, part: part + 1, lines: list.lines.count, body: list.encoded())
    }
  }

  private func write(_ drafts: [LetterBook.Draft]) async throws -> Int {
    if drafts.isEmpty { return 0 }
    let (letters, actor, now) = (node.letters, node.identity.actor, node.now())
    let written = try await node.ledger.commit { ledger in
      try drafts.map { try letters.issue($0, by: actor, now: now, in: ledger) }
    }
    node.signals.raise(Set(written.compactMap(\.told)))
    return written.count { $0.outcome == .new }
  }
}

extension DunningLine {
  fileprivate init(
    _ item: StoredItem, _ late: LateItem, _ level: DivisionLevel, on day: CivilDate,
    responsible: String
  ) {
    self.init()
    self.item = item.id.bytes
    kind = item.kind
    category = item.category
    feedback = item.need == .feedback
    due = item.due
    daysLate = UInt32(clamping: late.daysLate(on: day))
    self.level = level
    from = item.from
    county = item.to
    holder = item.assignedTo
    self.responsible = responsible
    stopped = late.stopped
  }
}
