/// How the dunning of late items rises from township to county to province (S10.4).
///
/// This is the one file that says it; the source names the Friday and leaves the steps open
/// (interpretation). A change is a new row with the day from which it holds; an old row stays, so that
/// a list of then can be explained.
public struct DunningRule: Hashable, Sendable {
  /// What it is called where a list is explained.
  public let name: String
  /// The first dunning day on which it holds.
  public let from: CivilDate
  /// Late by more days than these, the county is dunned too: a township has seen it on one Friday.
  public let countyAfterDays: Int
  /// Late by more days than these, it is on the province's own list: the county has been dunned twice.
  public let provinceAfterDays: Int

  private static let rows: [(name: String, from: String, county: Int, province: Int)] = [
    ("2009-1", "2009-01-01", 7, 21)
  ]

  /// The rules, the oldest first.
  public static let all: [DunningRule] = rows.compactMap { row in
    CivilDate(row.from).map {
      DunningRule(
        name: row.name, from: $0, countyAfterDays: row.county, provinceAfterDays: row.province)
    }
  }

  /// The rule of a dunning day; nil before the first.
  public static func inForce(on day: CivilDate) -> DunningRule? { all.last { $0.from <= day } }

  /// To which level the dunning of an item has risen; nil: it is not late.
  ///
  /// - What a township or village holds is the township's at first.
  /// - What was given to nobody is the county's from the first day (S2.1).
  /// - What cannot reach who owes is the province's at once: nobody below can do anything.
  public func level(of item: LateItem, on day: CivilDate) -> DivisionLevel? {
    let days = item.daysLate(on: day)
    if days == 0 { return nil }
    if item.stopped != nil || days > provinceAfterDays { return .province }
    if item.holder == nil || days > countyAfterDays { return .county }
    return .township
  }

  /// Who has an item on the list that an office makes.
  ///
  /// A county duns its townships for what they hold, however high it has risen. A province duns its
  /// counties for what has risen to them, and has on a list of its own what has risen to itself.
  ///
  /// - Parameters:
  ///   - item: The item.
  ///   - day: The dunning day.
  ///   - issuer: The office that makes the list: a county or a province.
  /// - Returns: The offices that the item is dunned at.
  public func addressees(
    of item: LateItem, on day: CivilDate, from issuer: DivisionCode
  ) -> [DivisionCode] {
    guard let level = level(of: item, on: day) else { return [] }
    if issuer.level != .province {
      return [item.holder?.township].compactMap(\.self).filter { issuer.contains($0) }
    }
    var addressees: [DivisionCode] = []
    if level <= .county, issuer.contains(item.county) { addressees.append(item.county) }
    // What lags in another province is that one's to dun, unless it cannot even get there.
    let isOwn = issuer.contains(item.county) || item.stopped != nil
    if level == .province, isOwn { addressees.append(issuer) }
    return addressees
  }

  /// The rule in one sentence, as a list shows it.
  public var text: BilingualText {
    BilingualText(
      chinese: """
        规则 \(name)：逾期先催办乡镇（街道）；逾期超过\(countyAfterDays)天，或未分解，同时催办县（市、区）；逾期超过\
        \(provinceAfterDays)天，或无法送达，列入省级名单
        """,
      english: """
        rule \(name): a township is dunned first; late by more than \(countyAfterDays) days, or given \
        to nobody, the county too; by more than \(provinceAfterDays) days, or where it cannot be \
        reached, it is on the province's list
        """)
  }
}
