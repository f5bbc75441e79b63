/// S1.1: a subject is a woman aged 15 to 49 full years on the day in question.
public enum SubjectRule {
  /// Full years of age.
  public static let ages = 15...49

  /// Whether a person is a subject on a day.
  public static func check(_ subject: SubjectFacts, on day: CivilDate) -> RuleVerdict {
    if subject.sex == .male {
      return .fails(
        RuleFailure(
          rule: "S1.1", field: "sex", reason: .notFemale, chinese: "对象应为育龄妇女，性别填写为男",
          english: "a subject is a woman; the sex says male"))
    }
    guard let birthDate = subject.birthDate else {
      return .fails(
        RuleFailure(
          rule: "S1.1", field: "birthDate", reason: .missing,
          chinese: "缺少出生日期，无法判断是否年满15周岁至49周岁",
          english: "without a birth date the age of 15 to 49 cannot be established"))
    }
    if birthDate > day {
      return .fails(
        RuleFailure(
          rule: "S1.1", field: "birthDate", reason: .inTheFuture, chinese: "出生日期晚于\(day)",
          english: "the birth date is after \(day)"))
    }
    let age = birthDate.fullYears(on: day)
    guard !ages.contains(age) else { return .meets }
    return .fails(
      RuleFailure(
        rule: "S1.1", field: "birthDate", reason: age < ages.lowerBound ? .tooYoung : .tooOld,
        chinese: "在\(day)为\(age)周岁，不在15至49周岁范围内",
        english: "aged \(age) on \(day); a subject is aged 15 to 49"))
  }
}
