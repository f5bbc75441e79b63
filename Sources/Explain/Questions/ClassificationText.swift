public import ExchangeRules

/// Whether somebody is a subject, and why a key subject, in words for `xiecha explain` (S1).
public enum ClassificationText {
  /// A line for her age where the birth date is known, one for the reasons that hold, and one for
  /// those that nobody has asked about.
  public static func lines(
    of subject: SubjectFacts, on day: CivilDate, in language: Language
  ) -> [String] {
    var lines: [BilingualText] = []
    if subject.birthDate != nil {
      lines.append(subjectLine(of: subject, on: day))
    }
    let classification = Classification(of: subject, on: day)
    let reasons = joined(classification.reasons)
    lines.append(
      classification.isKeySubject
        ? BilingualText(
          chinese: "S1.2：重点对象：\(reasons.chinese)", english: "S1.2: key subject: \(reasons.english)")
        : BilingualText(chinese: "S1.2：非重点对象", english: "S1.2: no key subject"))
    if !classification.undetermined.isEmpty {
      let open = joined(classification.undetermined)
      lines.append(
        BilingualText(
          chinese: "S1.2：情况不详、未能判断：\(open.chinese)",
          english: "S1.2: not known, so not decided: \(open.english)"))
    }
    return lines.map { $0[language] }
  }

  private static func subjectLine(of subject: SubjectFacts, on day: CivilDate) -> BilingualText {
    if let failure = SubjectRule.check(subject, on: day).failure {
      return BilingualText(
        chinese: "\(failure.rule)：不属于对象：\(failure.text.chinese)",
        english: "\(failure.rule): no subject: \(failure.text.english)")
    }
    return BilingualText(
      chinese: "S1.1：\(day)年满15至49周岁，属于对象", english: "S1.1: a subject: aged 15 to 49 on \(day)")
  }

  private static func joined(_ reasons: [KeySubjectReason]) -> BilingualText {
    BilingualText(
      chinese: reasons.map(\.label.chinese).joined(separator: "；"),
      english: reasons.map(\.label.english).joined(separator: "; "))
  }
}
