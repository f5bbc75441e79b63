/// S12.2: the fields of a record agree with each other, and no event lies in the future.
///
/// A field that is absent or not readable is not judged here.
public enum RecordConsistency {
  /// Dates that lie ahead by their nature: what is planned, due, or valid until.
  public static let plannedDates: Set<String> = [
    "certificateValidUntil", "dueDate", "nextCheckDate", "delayEndDate", "paymentDeadline",
  ]

  /// A date that is never before another of the same record; at most `maxDays` after it, when the
  /// nature of things sets a limit.
  public struct Order: Hashable, Sendable {
    /// The field with the earlier date.
    public let earlier: String
    /// The field with the later date, or the same.
    public let later: String
    /// Days; nil without a limit.
    public let maxDays: Int?

    init(earlier: String, later: String, maxDays: Int? = nil) {
      self.earlier = earlier
      self.later = later
      self.maxDays = maxDays
    }
  }

  /// Longest pregnancy, conception to birth, in days: 42 weeks and a margin for a date that is
  /// only known to the month.
  public static let longestPregnancyDays = 330

  /// The orders that hold in the record of a category.
  public static func orders(of category: Category) -> [Order] {
    switch category {
    case .basic:
      [
        Order(earlier: "firstMarriageDate", later: "maritalChangeDate"),
        Order(earlier: "certificateIssued", later: "certificateValidUntil"),
      ]
    case .pregnancy:
      [
        Order(earlier: "conceptionDate", later: "dueDate", maxDays: longestPregnancyDays),
        Order(earlier: "conceptionDate", later: "checkedDate"),
        Order(earlier: "conceptionDate", later: "outcomeDate", maxDays: longestPregnancyDays),
      ]
    case .child: [Order(earlier: "birthDate", later: "adoptionDate")]
    case .inflow: [Order(earlier: "spouseInflowDate", later: "spouseOutflowDate")]
    case .outflow: [Order(earlier: "outflowDate", later: "returnDate")]
    case .periodicCheck: [Order(earlier: "checkDate", later: "nextCheckDate")]
    case .surgery: [Order(earlier: "surgeryDate", later: "endDate")]
    case .birth: [Order(earlier: "applicationDate", later: "approvalDate")]
    case .maintenanceFee:
      [
        Order(earlier: "birthDate", later: "decisionDate"),
        Order(earlier: "decisionDate", later: "paymentDeadline"),
      ]
    case .spouse, .assist: []
    }
  }

  /// What contradicts, field by field.
  public static func failures(
    of values: [String: RecordFieldValue], in schema: RecordSchema, today: CivilDate
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    for field in schema.fields where !plannedDates.contains(field.name) {
      guard let day = date(field.name, values), day > today else { continue }
      failures.append(
        failure(
          field.name, .inTheFuture, "“\(field.label.chinese)”晚于\(today)",
          "\(field.label.english) is after \(today)"))
    }
    for order in orders(of: schema.category) {
      if let failure = failure(of: order, values, schema) { failures.append(failure) }
    }
    if schema.category == .maintenanceFee { failures += feeFailures(values) }
    return failures
  }

  private static func failure(
    of order: Order, _ values: [String: RecordFieldValue], _ schema: RecordSchema
  ) -> RuleFailure? {
    guard let earlier = date(order.earlier, values), let later = date(order.later, values),
      let first = schema.field(order.earlier)?.label, let second = schema.field(order.later)?.label
    else { return nil }
    if later < earlier {
      return failure(
        order.later, .beforeOther, "“\(second.chinese)”早于“\(first.chinese)”",
        "\(second.english) is before \(first.english)")
    }
    guard let maxDays = order.maxDays, earlier.days(until: later) > maxDays else { return nil }
    return failure(
      order.later, .tooLate, "“\(second.chinese)”与“\(first.chinese)”相隔超过\(maxDays)天",
      "\(second.english) is more than \(maxDays) days after \(first.english)")
  }

  /// What is paid is not more than what is due, and "paid up" says the same as the amounts.
  private static func feeFailures(_ values: [String: RecordFieldValue]) -> [RuleFailure] {
    guard case .money(let due)? = values["amountDue"], case .money(let paid)? = values["amountPaid"]
    else { return [] }
    if paid > due {
      return [
        failure("amountPaid", .aboveDue, "“已交金额”大于“应交金额”", "more is paid than is due")
      ]
    }
    // A fee settled elsewhere (G5) is settled without being paid here.
    let isSettledElsewhere = values["settledAt"].map { !$0.isAbsent } ?? false
    if case .flag(let settled)? = values["settled"], !isSettledElsewhere, settled != (paid == due) {
      return [
        failure("settled", .contradicted, "“是否缴清”与金额不符", "\"settled\" contradicts the amounts")
      ]
    }
    return []
  }

  private static func date(_ name: String, _ values: [String: RecordFieldValue]) -> CivilDate? {
    guard case .date(let day)? = values[name] else { return nil }
    return CivilDate(yyyymmdd: day)
  }

  private static func failure(
    _ field: String, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(rule: "S12.2", field: field, reason: reason, chinese: chinese, english: english)
  }
}
