/// G5: a maintenance fee already settled elsewhere for the same fact is shown, so that it is not
/// levied twice (Order 357 article 5).
public enum FeeSettledElsewhere {
  /// A fee for one birth outside the policy.
  public struct Fee: Hashable, Sendable {
    /// Who levies it.
    public var division: DivisionCode
    /// The birth for which it is levied: the fact that makes two fees the same.
    public var birth: CivilDate
    /// Fen (0.01 yuan) paid.
    public var paidFen: Int64
    /// Whether all of it is paid.
    public var isPaidUp: Bool
    /// The number of the decision, as written.
    public var decision: String

    /// A fee.
    public init(
      division: DivisionCode, birth: CivilDate, paidFen: Int64, isPaidUp: Bool, decision: String
    ) {
      self.division = division
      self.birth = birth
      self.paidFen = paidFen
      self.isPaidUp = isPaidUp
      self.decision = decision
    }
  }

  /// The fees of other places for the same birth of the same woman, settled ones first.
  public static func others(than fee: Fee, among known: [Fee]) -> [Fee] {
    let same = known.filter { $0.birth == fee.birth && $0.division != fee.division }
    return same.filter(\.isPaidUp) + same.filter { !$0.isPaidUp }
  }

  /// Whether a fee may be levied: not when another place was paid in full for the same birth.
  public static func check(_ fee: Fee, among known: [Fee]) -> RuleVerdict {
    guard let settled = others(than: fee, among: known).first(where: \.isPaidUp) else {
      return .meets
    }
    return .fails(
      RuleFailure(
        rule: "G5", field: "birth", reason: .settledElsewhere,
        chinese: "\(settled.division)已就同一事实征收完毕，不得重复征收",
        english:
          "\(settled.division) has been paid in full for the same birth; it is not levied twice"
      ))
  }
}
