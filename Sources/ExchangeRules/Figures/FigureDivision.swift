/// For which division a counted place counts, at a level.
public enum FigureDivision {
  /// The division of a level that a place belongs to.
  ///
  /// A county that answers to its province directly stands for itself at the level of prefectures,
  /// because no prefecture bears its code.
  ///
  /// - Parameters:
  ///   - place: The code of a county, township or village.
  ///   - level: The level asked about.
  /// - Returns: Nil where the place is known less precisely than the level, or is no code.
  public static func division(of place: String, at level: DivisionLevel) -> DivisionCode? {
    guard let code = DivisionCode(place) else { return nil }
    switch level {
    case .province: return code.province
    case .prefecture:
      guard let county = code.county else { return code.level == .prefecture ? code : nil }
      if county.level == .prefecture { return county }
      return county.parent?.level == .prefecture ? county.parent : county
    case .county: return code.county
    case .township: return code.township
    case .village: return code.level == .village ? code : nil
    }
  }

  /// Whether figures of a level are sums of whole counties.
  public static func isOfWholeCounties(_ level: DivisionLevel) -> Bool { level <= .county }

  /// The level that a division's own figures are of: a prefecture that is its own county is one.
  public static func level(of division: DivisionCode) -> DivisionLevel {
    division.isCounty ? .county : division.level
  }
}
