/// S6.1: in every cycle each side feeds back at least 95 % of the queries put to it.
public struct FeedbackRate: Hashable, Sendable {
  /// Percent.
  public static let requiredPercent = 95

  /// Queries put to the side in the cycle.
  public let queries: Int
  /// Of those, fed back in the cycle.
  public let fedBack: Int

  /// Counts of a cycle; never negative, never more answers than queries.
  public init(queries: Int, fedBack: Int) {
    self.queries = max(0, queries)
    self.fedBack = min(max(0, fedBack), self.queries)
  }

  /// Tenths of a percent, rounded down, so that 94.99 never shows as 95; nil without queries.
  public var permille: Int? {
    guard queries > 0 else { return nil }
    // In 128 bits no count overflows.
    return Int(Int128(fedBack) * 1000 / Int128(queries))
  }

  /// The rate as people read it, such as "94.9%"; a dash without queries.
  public var text: String { permille.map { "\($0 / 10).\($0 % 10)%" } ?? "—" }

  /// The share, 0 through 1; nil without queries.
  public var share: Double? { queries > 0 ? Double(fedBack) / Double(queries) : nil }

  /// Whether the duty is met.
  ///
  /// A side to which nothing was put owes nothing.
  public var verdict: RuleVerdict {
    let meets =
      Int128(fedBack) * 100 >= Int128(queries) * Int128(FeedbackRate.requiredPercent)
    if meets { return .meets }
    return .fails(
      RuleFailure(
        rule: "S6.1", field: "fedBack", reason: .belowRate,
        chinese: "应反馈\(queries)条，已反馈\(fedBack)条，未达到95%",
        english: "\(fedBack) of \(queries) queries fed back: below 95 %"))
  }
}
