/// Which holidays the arrangement of a year must have to be complete: 全国年节及纪念日放假办法, as State
/// Council orders 270 (1999), 513 (2007) and 795 (2024) have it.
enum CalendarYear {
  /// The year since which three more feasts are days off (order 513).
  private static let moreFeasts = 2008

  /// The holidays of a year that rows of it do not have, or not with the days by law; in the order of
  /// the year.
  static func missing(in rows: some Sequence<CalendarRow>, of year: Int) -> [String] {
    var days: [String: Int] = [:]
    var legal = legalDays(of: year)
    for row in rows where !row.isWorked && row.date.year == year {
      for (name, _) in legal where row.name.contains(name) { days[name, default: 0] += 1 }
    }
    // The Mid-Autumn Festival can fall on National Day; eight days are then named after that one.
    if days["国庆节", default: 0] >= 8 { legal.removeAll { $0.name == "中秋节" } }
    return legal.filter { days[$0.name, default: 0] < $0.days }.map(\.name)
  }

  private static func legalDays(of year: Int) -> [(name: String, days: Int)] {
    let short = [
      ("元旦", 1), ("春节", 3), ("清明节", 1), ("劳动节", 1), ("端午节", 1), ("中秋节", 1), ("国庆节", 3),
    ]
    return year < moreFeasts ? [("元旦", 1), ("春节", 3), ("劳动节", 3), ("国庆节", 3)] : short
  }
}
