import ExchangeRules
import TestSupport
import Testing

@Suite("Rosters and monthly tables (S10.6, S12.5, S11.1)")
struct ReportDutyTests {
  @Test(
    "Who owes which report to whom, and by when: the 2nd, the 5th, the 6th of the next month",
    arguments: [
      (.roster, "441702102", "2026-10", "441702", "2026-11-06"),
      (.roster, "441702102", "2026-12", "441702", "2027-01-06"),
      (.monthlyTables, "441702102", "2026-10", "441702", "2026-11-05"),
      (.monthlyTables, "441702102201", "2026-10", "441702102", "2026-11-02"),
      (.roster, "441702102201", "2026-10", nil, nil), (.roster, "441702", "2026-10", nil, nil),
      (.monthlyTables, "441702", "2026-10", nil, nil), (.dunning, "441702102", "2026-10", nil, nil),
    ] as [(LetterKind, String, String, String?, String?)])
  func duty(kind: LetterKind, office: String, month: String, addressee: String?, due: String?)
    throws
  {
    let duty = ReportDuty(
      kind, of: try #require(DivisionCode(office)), in: try #require(CycleMonth(month)))
    #expect(duty.map { "\($0.addressee)" } == addressee)
    #expect(duty.map { "\($0.due)" } == due)
  }

  @Test(
    "In time through its day; then late, or missing",
    arguments: [
      ("2026-11-06", "2026-11-20", .inTime), ("2026-11-07", "2026-11-20", .late),
      (nil, "2026-11-06", .open), (nil, "2026-11-07", .missing),
    ] as [(String?, String, ReportDuty.Standing)])
  func standing(sent: String?, today: String, standing: ReportDuty.Standing) throws {
    let (town, month) = (
      try #require(DivisionCode("441702102")), try #require(CycleMonth("2026-10"))
    )
    let duty = try #require(ReportDuty(.roster, of: town, in: month))
    #expect(try duty.standing(sent: sent.map { try date($0) }, on: date(today)) == standing)
  }

  @Test(
    "A month is reported when it is over", arguments: [("2026-10-31", false), ("2026-11-01", true)])
  func isOver(today: String, isOver: Bool) throws {
    let month = try #require(CycleMonth("2026-10"))
    #expect(try ReportDuty.canBeMade(of: month, on: date(today)).isMet == isOver)
  }

  @Test(
    "Each migrant counts in the national table and in that of her direction; parts add up (S11.1)")
  func tables() throws {
    let month = try #require(CycleMonth("2026-10"))
    var tables = MonthlyTables()
    for (place, certificate) in [CertificateStatus.valid, .nonConforming, .none, .unknown]
      .enumerated()
    {
      tables.add(
        .init(
          isOut: place.isMultiple(of: 2),
          facts: SubjectFacts(
            birthDate: try date("1990-05-05"), currentlyPregnant: place == 0,
            certificate: certificate, contraception: .longActing), births: place, checks: 1),
        in: month)
    }
    // Fifty on the month's last day, fourteen, and of unknown birth: no subjects (S1.1).
    for birth in ["1976-10-31", "2011-11-01"] {
      tables.add(.init(isOut: true, facts: SubjectFacts(birthDate: try date(birth))), in: month)
    }
    tables.add(.init(isOut: true, facts: SubjectFacts(birthDate: nil)), in: month)
    #expect(tables[.national, .persons] == 4)
    #expect(tables[.national, .out] == 2 && tables[.national, .into] == 2)
    #expect(tables[.outMigrants, .persons] == 2 && tables[.inMigrants, .persons] == 2)
    #expect(
      tables[.outMigrants, .certificateValid] == 1 && tables[.inMigrants, .certificateUnknown] == 1)
    #expect(tables[.national, .keySubjects] == 3 && tables[.national, .pregnant] == 1)
    #expect(tables[.national, .births] == 6 && tables[.national, .checks] == 4)
    #expect(tables.gaps.isEmpty)
    for table in MonthlyTable.allCases where table != .national {
      for measure in TableMeasure.allCases {
        let other: MonthlyTable = table == .outMigrants ? .inMigrants : .outMigrants
        #expect(tables[table, measure] + tables[other, measure] == tables[.national, measure])
      }
    }
    tables[.national, .longActing] -= 1
    #expect(tables.gaps.map(\.missing) == [1] && tables.gaps.map(\.table) == [.national])
  }
}
