package import ExchangeProtos
package import ExchangeRules
package import Presentation
package import Reports

/// A roster or monthly tables as they were sent, and what became of the letter.
package struct SentReportView {
  let reply: LetterReply

  package init(reply: LetterReply) {
    self.reply = reply
  }

  /// The report as a file has it; nil for another letter.
  package func report(in language: Language) -> Report? {
    guard let summary = reply.summary, let day = CivilDate(yyyymmdd: summary.period) else {
      return nil
    }
    let (whose, month) = (DivisionText.text(summary.issuer), CycleMonth(containing: day))
    if let roster = reply.roster {
      return RosterReport(roster.lines.compactMap { RosterReport.Row($0, language) })
        .report(in: language, of: whose, month, sent: summary.issued)
    }
    return reply.tables.map {
      MonthlyTablesReport(MonthlyTables($0), rules: $0.rules)
        .report(in: language, of: whose, month, sent: summary.issued)
    }
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for line in reply.roster?.lines ?? [] { page.add(value: RosterValue(line)) }
    for count in reply.tables?.counts ?? [] { page.add(value: CountValue(count)) }
    guard let report = report(in: language) else { return page }
    page.add(heading: report.title)
    for fact in report.facts { page.add(line: fact) }
    page.add(report.table.text(of: Array(report.table.columns.indices), in: language))
    for person in reply.roster?.operators ?? [] {
      let days = person.missing.compactMap { CivilDate(yyyymmdd: $0) }
        .map { "\($0.month)-\($0.day)" }.joined(separator: " ")
      page.add(
        line: language.text(
          "\(person.account) 工作日 \(person.workingDays)，未登录：\(days.isEmpty ? "无" : days)",
          "\(person.account): working days \(person.workingDays), not signed in: "
            + (days.isEmpty ? "none" : days)))
    }
    for event in reply.events {
      let note = event.note.isEmpty ? "" : language.text("：", ": ") + event.note
      page.add(
        line: "\(ChinaTime.text(event.at))  \(event.step?.label[language] ?? "")  "
          + "\(event.actor?.account ?? "")\(note)")
    }
    page.add(notes: report.notes)
    return page
  }

  private struct RosterValue: Encodable {
    let item: String
    let kind: String
    let category: String
    let name: String
    let citizenId: String
    let act: String
    let day: String
    let finding: String?

    init(_ line: RosterLine) {
      item = ItemName.full(line.item)
      kind = line.kind?.word ?? ""
      category = line.category?.word ?? ""
      name = line.maskedName
      citizenId = line.maskedCitizenId
      act = line.fedBack ? "fedBack" : "submitted"
      day = Words.date(line.day)
      finding = line.finding?.word
    }
  }

  private struct CountValue: Encodable {
    let table: String
    let measure: String
    let count: UInt64

    init(_ count: TableCount) {
      table = count.table?.word ?? ""
      measure = count.measure?.word ?? ""
      self.count = count.count
    }
  }
}

extension RosterReport.Row {
  fileprivate init?(_ line: RosterLine, _ language: Language) {
    guard let day = CivilDate(yyyymmdd: line.day) else { return nil }
    self.init(
      item: ItemName.short(line.item), category: Words.category(line.category, language),
      name: line.maskedName, citizenID: line.maskedCitizenId, isFedBack: line.fedBack, day: day,
      finding: Words.finding(line.finding, language))
  }
}

extension MonthlyTables {
  fileprivate init(_ message: TableCounts) {
    self.init()
    for count in message.counts {
      guard let table = count.table, let measure = count.measure else { continue }
      self[table, measure] = Int(clamping: count.count)
    }
  }
}
