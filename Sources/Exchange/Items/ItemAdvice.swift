internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What an operator should know before acting on an item, from this node's register (G5).
struct ItemAdvice {
  let ledger: LedgerReader

  func advice(on id: LedgerID, _ item: Item) throws -> [Advice] {
    guard let subject = item.subject else { return [] }
    let key = try PersonLookup.find(subject, of: id, in: ledger).key
    switch item.category {
    case .maintenanceFee: return try fees(of: key, item)
    case .periodicCheck: return try checks(of: key, item)
    default: return []
    }
  }

  /// Order 357 article 5: a fee settled elsewhere for the same birth is shown, and not levied
  /// twice.
  private func fees(of key: String, _ item: Item) throws -> [Advice] {
    guard case .maintenanceFee(let record)? = item.record?.kind else { return [] }
    var advice: [Advice] = []
    if let place = DivisionCode(record.settledAt) {
      advice.append(settled(at: place))
    }
    guard let fee = record.fee(at: item.from) else { return advice }
    let known = try ledger.records(
      of: key, category: ExchangeRules.Category.maintenanceFee.rawValue
    )
    .compactMap { version -> FeeSettledElsewhere.Fee? in
      guard case .maintenanceFee(let other)? = try Record(decoding: version.body).kind else {
        return nil
      }
      return other.fee(at: version.actor.division)
    }
    for other in FeeSettledElsewhere.others(than: fee, among: known) {
      if other.isPaidUp {
        advice.append(settled(at: other.division))
      } else {
        advice.append(
          Advice(
            "G5", .leviedElsewhere,
            "\(other.division)已就同一生育作出征收决定，尚未缴清；请先与该地核实",
            "\(other.division) has decided on a fee for the same birth, not paid up; ask it first"))
      }
    }
    return advice
  }

  private func settled(at place: DivisionCode) -> Advice {
    Advice(
      "G5", .settledElsewhere, "\(place)已就同一事实征收完毕，不得重复征收",
      "\(place) has been paid in full for the same birth; it is not levied twice")
  }

  /// Order 555 article 13: the checks that count in the year of the one notified, wherever done.
  private func checks(of key: String, _ item: Item) throws -> [Advice] {
    guard case .periodicCheck(let record)? = item.record?.kind,
      let year = CivilDate(yyyymmdd: record.checkDate)?.year,
      let first = CivilDate(year: year, month: 1, day: 1),
      let last = CivilDate(year: year, month: 12, day: 31)
    else { return [] }
    let category = ExchangeRules.Category.periodicCheck.rawValue
    let checks = try ledger.records(of: key, category: category)
      .compactMap { version -> (date: CivilDate, place: DivisionCode)? in
        guard case .periodicCheck(let check)? = try Record(decoding: version.body).kind,
          let date = CivilDate(yyyymmdd: check.checkDate),
          let place = DivisionCode(check.placeCode) ?? DivisionCode(version.actor.division)
        else { return nil }
        return (date, place)
      }
    let count = LocalChecksCount.count(of: checks, in: first...last)
    guard count > 0 else { return [] }
    return [
      Advice(
        "G5", .localChecksCount,
        "\(year)年已登记三查\(count)次，在现居住地所做的同样有效，不得要求返乡检查",
        "\(count) checks of \(year) are registered; those done where she lives count, and nobody "
          + "may ask her to travel home for one")
    ]
  }
}

extension Advice {
  fileprivate init(_ rule: String, _ reason: RuleReason, _ chinese: String, _ english: String) {
    self.init()
    self.rule = rule
    self.reason = reason.name
    text = "\(chinese) / \(english)"
  }
}

extension MaintenanceFeeRecord {
  /// The fee as the rule compares it; nil where the birth is not told.
  ///
  /// A record that does not say who levies is of the place that told of it.
  fileprivate func fee(at teller: String) -> FeeSettledElsewhere.Fee? {
    guard let birth = CivilDate(yyyymmdd: birthDate),
      let division = DivisionCode(authorityCode) ?? DivisionCode(teller)
    else { return nil }
    return FeeSettledElsewhere.Fee(
      division: division.county ?? division, birth: birth, paidFen: amountPaid ?? 0,
      isPaidUp: settled ?? false, decision: decisionNumber)
  }
}
