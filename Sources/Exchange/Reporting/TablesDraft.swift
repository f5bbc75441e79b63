internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// The monthly tables of an office, counted from its register (S12.5).
struct TablesDraft {
  let node: Node

  func draft(
    of office: DivisionCode, _ month: CycleMonth, _ duty: ReportDuty
  ) async throws -> LetterBook.Draft {
    var tables = MonthlyTables()
    var last = LedgerPlace.start
    while true {
      let after = last
      let (end, migrants) = try await node.ledger.read { ledger in
        let page = try ledger.persons(after: after)
        return (
          page.last?.place,
          try page.compactMap { try TablesDraft.migrant($0.card, of: office, month, in: ledger) }
        )
      }
      guard let end else { break }
      last = end
      for migrant in migrants { tables.add(migrant, in: month) }
    }
    let message = TableCounts(tables)
    return LetterBook.Draft(
      kind: .monthlyTables, issuer: office, addressee: duty.addressee, period: month.first,
      lines: message.counts.count, body: message.encoded())
  }

  /// What the tables look at of a person; nil for one who is no migrant of the office, or counts under
  /// another (S12.3).
  private static func migrant(
    _ card: RecordVersion, of office: DivisionCode, _ month: CycleMonth, in ledger: LedgerReader
  ) throws -> MonthlyTables.Migrant? {
    let entry = try RegisterEntry(card)
    func isHere(_ address: Address?) -> Bool {
      DivisionCode(address?.code ?? "").map(office.contains) ?? false
    }
    let isOut = isHere(entry.subject.household)
    guard isOut != isHere(entry.subject.residence),
      try ledger.leadingKey(of: entry.key) == entry.key
    else { return nil }
    var migrant = MonthlyTables.Migrant(isOut: isOut, facts: entry.subject.facts)
    let days = month.first.yyyymmdd...month.last.yyyymmdd
    for record in try ledger.records(of: entry.key) where record.category != PersonCard.category {
      switch try Record(decoding: record.body).kind {
      case .birth(let birth) where days.contains(birth.birthDate): migrant.births += 1
      case .surgery(let surgery) where days.contains(surgery.surgeryDate): migrant.surgeries += 1
      case .periodicCheck(let check) where days.contains(check.checkDate): migrant.checks += 1
      default: continue
      }
    }
    return migrant
  }
}

extension TableCounts {
  fileprivate init(_ tables: MonthlyTables) {
    self.init()
    rules = MonthlyTables.rules
    for table in MonthlyTable.allCases {
      for measure in TableMeasure.allCases where tables[table, measure] != 0 {
        var count = TableCount()
        count.table = table
        count.measure = measure
        count.count = UInt64(clamping: tables[table, measure])
        counts.append(count)
      }
    }
  }
}
