/// A county's score in a quarter, with the parts that it is the sum of (S9.1).
public struct RankingScore: Hashable, Sendable {
  /// A part of the score.
  public struct Part: Hashable, Sendable {
    /// Which.
    public let part: RankingPart
    /// The points that it is worth at most.
    public let weight: Int
    /// How many.
    public let count: Int
    /// Of how many; 0: nothing was asked that the part could be a share of, and it does not count.
    public let of: Int

    /// The points of the part, in hundredths, half up; the score is rounded by itself.
    public var hundredths: Int {
      of == 0 ? 0 : RankingScore.halfUp(Int128(weight) * 100 * Int128(count), Int128(of))
    }
  }

  /// The parts, in the order of ``RankingPart``.
  public let parts: [Part]
  /// Hundredths of a point, rounded half up: 0 through 10000.
  ///
  /// Where a part has nothing that it could be a share of, the others are scaled to 100 points.
  public let hundredths: Int

  /// The score of a county; nil where nothing was asked of it in the quarter: it is not ranked.
  ///
  /// - Parameters:
  ///   - cycles: The county's figures in the quarter's cycles.
  ///   - formula: The formula.
  public init?(of cycles: [CycleFigures], by formula: RankingFormula) {
    guard cycles.contains(where: { $0[.asked] > 0 }) else { return nil }
    parts = RankingPart.allCases.compactMap { part in
      guard let weight = formula.weights[part] else { return nil }
      let (count, all) = part.share(of: cycles)
      return Part(part: part, weight: weight, count: count, of: all)
    }
    let counting = parts.filter { $0.of > 0 }
    // In whole numbers over one denominator: what is half stays half.
    let denominator = counting.reduce(Int128(1)) { RankingScore.multiple($0, Int128($1.of)) }
    let sum = counting.reduce(Int128(0)) {
      $0 + Int128($1.weight) * Int128($1.count) * (denominator / Int128($1.of))
    }
    let weights = counting.reduce(Int128(0)) { $0 + Int128($1.weight) }
    hundredths = RankingScore.halfUp(sum * 10_000, denominator * max(weights, 1))
  }

  /// "87.25".
  public var text: String { RankingScore.text(hundredths) }

  /// Hundredths as people read them.
  public static func text(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private static func halfUp(_ numerator: Int128, _ denominator: Int128) -> Int {
    Int((numerator * 2 + denominator) / (denominator * 2))
  }

  /// The least common multiple.
  private static func multiple(_ one: Int128, _ other: Int128) -> Int128 {
    var (large, small) = (one, other)
    while small != 0 { (large, small) = (small, large % small) }
    return one / large * other
  }
}
