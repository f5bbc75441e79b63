/// The three tables of an office for a month, counted from the persons of its register (S12.5).
public struct MonthlyTables: Hashable, Sendable {
  /// What the tables look at of a migrant.
  public struct Migrant: Hashable, Sendable {
    /// Registered here and living elsewhere; else living here and registered elsewhere.
    public var isOut: Bool
    /// Her facts at the end of the month.
    public var facts: SubjectFacts
    /// Her births in the month.
    public var births: Int
    /// Her surgeries in the month.
    public var surgeries: Int
    /// Her checks in the month.
    public var checks: Int

    /// A migrant to whom nothing happened in the month.
    public init(
      isOut: Bool, facts: SubjectFacts, births: Int = 0, surgeries: Int = 0, checks: Int = 0
    ) {
      self.isOut = isOut
      self.facts = facts
      self.births = births
      self.surgeries = surgeries
      self.checks = checks
    }
  }

  /// The version of these definitions, kept with each table.
  public static let rules = "2026-1"

  private var counts: [MonthlyTable: [TableMeasure: Int]] = [:]

  /// Nothing counted.
  public init() {}

  /// A number of a table.
  public subscript(table: MonthlyTable, measure: TableMeasure) -> Int {
    get { counts[table]?[measure] ?? 0 }
    set { counts[table, default: [:]][measure] = newValue }
  }

  /// Counts a migrant; whoever is no subject on the month's last day is left out (S1.1).
  public mutating func add(_ migrant: Migrant, in month: CycleMonth) {
    guard let birth = migrant.facts.birthDate,
      SubjectRule.ages.contains(birth.fullYears(on: month.last))
    else { return }
    for table in [MonthlyTable.national, migrant.isOut ? .outMigrants : .inMigrants] {
      self[table, .persons] += 1
      self[table, migrant.isOut ? .out : .into] += 1
      if Classification(of: migrant.facts, on: month.last).isKeySubject {
        self[table, .keySubjects] += 1
      }
      self[table, MonthlyTables.measure(of: migrant.facts.certificate)] += 1
      self[table, MonthlyTables.measure(of: migrant.facts.contraception)] += 1
      if migrant.facts.currentlyPregnant { self[table, .pregnant] += 1 }
      self[table, .births] += migrant.births
      self[table, .surgeries] += migrant.surgeries
      self[table, .checks] += migrant.checks
    }
  }

  /// S11.1: the tables whose parts do not add up to their persons.
  public var gaps: [(table: MonthlyTable, parts: [TableMeasure], missing: Int)] {
    MonthlyTable.allCases.flatMap { table in
      TableMeasure.partitions.compactMap { parts in
        let missing = self[table, .persons] - parts.reduce(0) { $0 + self[table, $1] }
        return missing == 0 ? nil : (table, parts, missing)
      }
    }
  }

  private static func measure(of certificate: CertificateStatus) -> TableMeasure {
    switch certificate {
    case .valid: .certificateValid
    case .nonConforming: .certificateNonConforming
    case .none: .certificateNone
    case .unknown: .certificateUnknown
    }
  }

  private static func measure(of contraception: Contraception) -> TableMeasure {
    switch contraception {
    case .longActing: .longActing
    case .other: .otherContraception
    case .none: .noContraception
    case .unknown: .contraceptionUnknown
    }
  }
}
