internal import Credentials
internal import ExchangeRules
internal import RPC
internal import Wire

/// What figures somebody asks for, as far as he may.
struct FigureQuestion {
  let cycle: SubmissionCycle
  let of: DivisionCode
  let asOf: CivilDate

  /// A question; an empty division is the caller's own, an absent day is today.
  ///
  /// - Throws: `invalid` for what is no cycle, `unknown-division`, and `wrong-division` beyond the
  ///   caller's scope.
  init(
    cycle: String, of division: String, asOf day: Int32 = 0, by context: CallContext, at node: Node
  ) throws(CallFailure) {
    guard let cycle = SubmissionCycle(cycle) else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "cycle",
        "周期按 年-月 书写，如 2026-10 / a cycle is written YYYY-MM, such as 2026-10")
    }
    let division = division.isEmpty ? context.caller.division : division
    guard let of = DivisionCode(division), node.register.everExisted(of) else {
      throw CallFailure.noDivision(division, field: "of")
    }
    guard context.scope.covers(caller: context.caller.division, target: "\(of)") else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "of",
        "只能查看本辖区的数字 / the figures of one's own division and of those below it alone")
    }
    self.cycle = cycle
    self.of = of
    asOf = CivilDate(yyyymmdd: day) ?? node.today
  }

  /// The level whose divisions are shown.
  ///
  /// - Throws: `invalid` for a level above the division's own.
  func level(_ asked: DivisionLevel?) throws(CallFailure) -> DivisionLevel {
    let own = FigureDivision.level(of: of)
    let level = asked ?? own
    guard level >= min(own, of.level) else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "by",
        "\(of)是\(of.level.label.chinese)，不能按\(level.label.chinese)分列 / "
          + "\(of) is a \(of.level.label.english); there is no \(level.label.english) in it")
    }
    return level
  }

  /// What the codes of the division and of those below it begin with.
  var digits: String { of.prefix }

  /// Whether an item's place is within the division.
  func covers(_ place: String) -> Bool { place.utf8.starts(with: digits.utf8) }
}
