internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Whether an item may be entered here: its way, its person, its content (S1 to S3, S6.7, G7).
struct EntryRules {
  let identity: NodeIdentity
  let register: DivisionRegister
  let tables: CodeTables
  let today: CivilDate

  /// Checks everything and names every mistake at once, the first one's field in front.
  func check(_ item: Item, by caller: Caller, scope: Scope) throws(CallFailure) {
    try checkWay(item, by: caller, scope: scope)
    var failures = item.searchability.failures
    if let failure = SubjectRule.check(item.subjectFacts, on: today).failure {
      failures.append(failure)
    }
    if let category = item.category,
      let failure = ProfileRule.check(
        identity.profile, category: category, submitted: today
      ).failure
    {
      failures.append(failure)
    }
    if let failure = citizenIDFailure(item.subject ?? Subject(), by: caller.role),
      !failures.contains(where: { $0.field == failure.field })
    {
      failures.append(failure)
    }
    let recordFailures = RecordEntry(tables: tables, today: today).failures(of: item)
    guard let first = failures.first ?? recordFailures.first else { return }
    let field = failures.isEmpty ? "item.\(first.field)" : EntryRules.path(of: first.field)
    failures += recordFailures
    throw CallFailure(
      .invalidArgument, word: first.cause.rawValue, field: field, CallFailure.text(of: failures))
  }

  /// A field that the rules name is one of the person, except for those of the item (G7).
  private static func path(of field: String) -> String {
    ["category", "profile"].contains(field) ? "item.\(field)" : "item.subject.\(field)"
  }

  /// What a neighbour passes on was checked where it was entered.
  ///
  /// Here only this is looked at: one county writes to another, and the person can be searched for
  /// and had the age on the day of entry.
  static func checkArrived(
    _ item: Item, on day: CivilDate, register: DivisionRegister
  ) throws(CallFailure) {
    guard let from = DivisionCode(item.from), let to = DivisionCode(item.to), from.isCounty,
      to.isCounty, from != to, register.everExisted(from), register.everExisted(to),
      let at = DivisionCode(item.enteredAt), from.contains(at)
    else {
      throw .way("item.to", .notAWay, "双方须为不同的县（市、区）", "an item goes from one county to another")
    }
    guard Set([item.householdCounty, item.residenceCounty]) == [from, to] else {
      throw .way(
        "item.to", .notAParty, "双方应分别为现居住地和户籍地所在的县（市、区）",
        "one side is the county of residence, the other the county of registration")
    }
    let failures =
      item.searchability.missingFailures
      + [SubjectRule.check(item.subjectFacts, on: day).failure].compactMap(\.self)
    try CallFailure.check(failures.map { .fails($0) })
  }

  /// S2.1, S4.1: from this node's county to another; one of them is where she lives, the other where
  /// she is registered.
  private func checkWay(_ item: Item, by caller: Caller, scope: Scope) throws(CallFailure) {
    guard let from = DivisionCode(item.from), from == identity.division.county else {
      throw .way(
        "item.from", .wrongDivision, "只能由本县（市、区）提交", "this node enters items of its own county")
    }
    guard let at = DivisionCode(item.enteredAt), identity.division.contains(at),
      scope.covers(caller: caller.division, target: item.enteredAt)
    else {
      throw .way(
        "item.enteredAt", .wrongDivision, "录入单位不在您的辖区内",
        "the place of entry is not within your division")
    }
    guard let to = DivisionCode(item.to), to.isCounty else {
      throw .way("item.to", .notACounty, "接收方须为县（市、区）", "the other side is a county")
    }
    guard to != from else {
      throw .way(
        "item.to", .sameCounty, "户籍地与现居住地在同一县（市、区），无需交换",
        "both addresses are in one county: nothing is exchanged")
    }
    guard Set([item.householdCounty, item.residenceCounty]) == [from, to] else {
      throw .way(
        "item.to", .notAParty, "双方应分别为现居住地和户籍地所在的县（市、区）",
        "one side is the county of residence, the other the county of registration")
    }
    guard register.everExisted(to) else {
      throw .way(
        "item.to", .unknownDivision, "没有这个行政区划代码", "no division ever had this code")
    }
  }

  /// S12.2: a doubtful number is kept only with a reason, by who answers for the data (S2.2).
  private func citizenIDFailure(_ subject: Subject, by role: Role) -> RuleFailure? {
    do throws(RuleFailure) {
      _ = try DoubtfulNumber.standing(
        of: subject.citizenId, reason: subject.noCitizenIdReason,
        mayKeepDoubtful: role == .townshipOperator || role == .countyOperator,
        register: register, today: today)
      return nil
    } catch {
      return error
    }
  }
}

extension CallFailure {
  fileprivate static func way(
    _ field: String, _ reason: FailureReason, _ chinese: String, _ english: String
  ) -> CallFailure {
    CallFailure(.invalidArgument, reason, field: field, "\(chinese) / \(english)")
  }
}
