/// A number that fails its check may be kept with a reason, by an operator with the right role:
/// real offices met placeholders and misprinted cards.
///
/// It stays visible as a quality defect.
public enum DoubtfulNumber {
  /// How a number stands in a record.
  public enum Standing: Hashable, Sendable {
    /// Nothing is wrong with it.
    case sound
    /// Something is wrong, and a reason is given for keeping it.
    case kept([CitizenIDProblem])
    /// There is none, and a reason is given: a case of its own kind.
    case absent
    /// There is none, and another document's number stands in its place, with a reason.
    case document(IdentityDocument)
  }

  /// Whether a number may stand in a record: sound, or with a reason and the right to keep it.
  ///
  /// The number of a married woman of childbearing age is never a row of zeros or a date between
  /// zeros (placeholders that offices used), whatever the reason. Whoever has only another document
  /// is a subject without a number, whoever enters her: the reason says so.
  public static func standing(
    of number: String, reason: String, mayKeepDoubtful: Bool, register: DivisionRegister,
    today: CivilDate?
  ) throws(RuleFailure) -> Standing {
    if number.isBlank {
      if !reason.saysNothing { return .absent }
      throw failure(.missing, "缺少公民身份号码；确无号码的须说明原因", "give the number, or why there is none")
    }
    let report = CitizenIDReport(checking: number, register: register, today: today)
    if report.isValid { return .sound }
    let problems = report.problems.map(\.label.chinese).joined(separator: "；")
    let inEnglish = report.problems.map(\.label.english).joined(separator: "; ")
    if isPlaceholder(report.normalized) {
      throw failure(
        .placeholder, "公民身份号码不得用占位号码；确无号码的请留空并说明原因",
        "a placeholder is not a number; leave it empty and say why there is none")
    }
    if let document = report.document, !document.hasCitizenNumber {
      if !reason.saysNothing { return .document(document) }
      throw failure(
        .otherDocument,
        "这是\(document.label.chinese)的号码，不是公民身份号码；按无公民身份号码人员登记的须说明原因",
        "this is the number of a \(document.label.english); say why there is no citizen ID number")
    }
    if reason.saysNothing {
      throw failure(
        report.problems[0].reason, "公民身份号码有误：\(problems)", "citizen ID number: \(inEnglish)")
    }
    guard mayKeepDoubtful else {
      throw failure(
        .mayNotKeep, "公民身份号码有误，您无权保留存疑号码：\(problems)",
        "your role may not keep a doubtful number: \(inEnglish)")
    }
    return .kept(report.problems)
  }

  /// Eighteen zeros, or a date between zeros (000000YYYYMMDD0000): the placeholders in use in 2010.
  public static func isPlaceholder(_ normalized: String) -> Bool {
    normalized.hasPrefix("000000")
      && (normalized.hasSuffix("0000") || normalized.allSatisfy { $0 == "0" })
  }

  private static func failure(_ reason: RuleReason, _ chinese: String, _ english: String)
    -> RuleFailure
  {
    RuleFailure(
      rule: "S12.2", field: "citizenId", reason: reason, chinese: chinese, english: english)
  }
}
