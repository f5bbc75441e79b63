package import ExchangeRules
package import Presentation
package import Reports

/// The work of offices in a cycle: a row for each.
package struct WorkView {
  let cycle: SubmissionCycle
  let work: [OfficeWork]

  package init(cycle: SubmissionCycle, work: [OfficeWork]) {
    self.cycle = cycle
    self.work = work
  }

  /// The work as a report.
  package var report: WorkReport {
    WorkReport(
      cycle: cycle,
      parts: work.map { office in
        let names = office.operators.map { $0.name.isEmpty ? $0.account : $0.name }
        // An office is signed in on a day when any of its operators is.
        let missing = office.operators.reduce(into: Set<CivilDate>?.none) { all, person in
          all = all?.intersection(person.missing) ?? Set(person.missing)
        }
        let days = office.operators.first?.workingDays ?? 0
        return .init(
          office.division, name: DivisionText.short("\(office.division)"), office.work,
          operators: names.joined(separator: " "),
          signIns: missing.map { (days: days, signedIn: days - $0.count) })
      })
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for office in work { page.add(value: Line(office, cycle)) }
    let report = report
    page.add(
      heading: language.text("\(cycle) 周期工作情况", "work in the cycle \(cycle)"))
    let table = report.table(in: language)
    page.add(table.text(of: WorkReport.shortColumns, in: language))
    for office in work {
      for person in office.operators where !person.missing.isEmpty {
        let days = person.missing.map { "\($0.month)-\($0.day)" }.joined(separator: " ")
        page.add(
          notes: [
            language.text(
              "\(DivisionText.short("\(office.division)")) \(person.account) 未登录：\(days)",
              "\(DivisionText.short("\(office.division)")) \(person.account) not signed in: \(days)"
            )
          ])
      }
    }
    page.add(notes: report.notes(in: language))
    return page
  }

  private struct Line: Encodable {
    struct SignIns: Encodable {
      let account: String
      let workingDays: Int
      let missing: [String]
    }

    let division: String
    let cycle: String
    let operators: [SignIns]
    let reported: Int
    /// Of a village alone.
    let shortBy: Int?
    let split: Int
    let cameBack: Int
    let asked: Int
    let received: Int
    let queries: Int
    let fedBack: Int
    let toAnswer: Int
    let substantiated: Int
    let answersGot: Int
    let answersUsed: Int
    let checked: Int
    let confirmed: Int

    init(_ office: OfficeWork, _ cycle: SubmissionCycle) {
      let work = office.work
      division = "\(office.division)"
      self.cycle = "\(cycle)"
      operators = office.operators.map {
        SignIns(
          account: $0.account, workingDays: $0.workingDays,
          missing: $0.missing.map(\.description))
      }
      reported = work.figures[.submitted]
      shortBy =
        office.division.level == .village
        ? max(0, VillageDuty.least - work.figures[.submitted]) : nil
      (split, cameBack) = (work.split, work.cameBack)
      (received, asked) = work.receipt
      (fedBack, queries) = work.feedback
      (substantiated, toAnswer) = work.quality
      (answersUsed, answersGot) = work.use
      (checked, confirmed) = (work.checked, work.confirmed)
    }
  }
}
