/// S12.2: name, sex, citizen ID number, birth date and addresses are there and agree with each
/// other.
///
/// What is found is a defect to correct, not a reason to refuse the person.
public enum PersonConsistency {
  /// The defects of a person, field by field.
  public static func defects(
    of person: PersonFacts, register: DivisionRegister, today: CivilDate?
  ) -> [RuleFailure] {
    var defects: [RuleFailure] = []
    if person.name.isBlank {
      defects.append(missing(.name))
    } else if person.name.saysNothing {
      defects.append(
        defect(.name, .notAName, "姓名栏没有姓名", "what stands for the name is no name"))
    }
    if person.sex == .unknown { defects.append(missing(.sex)) }
    if person.birthDate == nil { defects.append(missing(.birthDate)) }
    defects += numberDefects(of: person, register: register, today: today)
    defects += addressDefects(of: person, register: register)
    return defects
  }

  private static func numberDefects(
    of person: PersonFacts, register: DivisionRegister, today: CivilDate?
  ) -> [RuleFailure] {
    guard !person.citizenID.isBlank else { return [missing(.citizenID)] }
    let report = CitizenIDReport(checking: person.citizenID, register: register, today: today)
    var defects = report.problems.map { problem in
      defect(
        .citizenID, problem.reason, "公民身份号码：\(problem.label.chinese)",
        "citizen ID number: \(problem.label.english)")
    }
    if let born = report.birthDate, let birthDate = person.birthDate, born != birthDate {
      defects.append(
        defect(
          .birthDate, .differsFromNumber, "出生日期与公民身份号码不一致",
          "the birth date differs from the citizen ID number"))
    }
    if report.sex != .unknown, person.sex != .unknown, report.sex != person.sex {
      defects.append(
        defect(
          .sex, .differsFromNumber, "性别与公民身份号码不一致", "the sex differs from the citizen ID number")
      )
    }
    return defects
  }

  private static func addressDefects(
    of person: PersonFacts, register: DivisionRegister
  ) -> [RuleFailure] {
    var defects: [RuleFailure] = []
    let places = [
      (person.residence, PersonField.residenceCode, PersonField.residenceText),
      (person.household, PersonField.householdCode, PersonField.householdText),
    ]
    for (place, code, text) in places {
      if place.isEmpty {
        defects.append(missing(text))
        continue
      }
      if place.text.isBlank {
        defects.append(missing(text))
      } else if WrittenAddress.isVague(place.text) {
        defects.append(
          defect(
            text, .vague, "\(text.label.chinese)不详细", "\(text.label.english) is not detailed"))
      }
      guard let division = DivisionCode(place.code) else {
        defects.append(
          defect(
            code, .notACode, "\(code.label.chinese)不是行政区划代码", "\(code.label.english) is no code"))
        continue
      }
      defects += divisionDefects(of: division, field: code, register: register)
    }
    let residence = DivisionCode(person.residence.code)
    if let residence, residence.level == .village,
      residence == DivisionCode(person.household.code)
    {
      defects.append(
        defect(
          .residenceCode, .sameAsHousehold, "现居住地与户籍地相同，不是流动人口",
          "residence and household are the same village: she is no migrant"))
    }
    return defects
  }

  /// A code that never was, and one whose county is no more.
  private static func divisionDefects(
    of division: DivisionCode, field: PersonField, register: DivisionRegister
  ) -> [RuleFailure] {
    guard let county = division.county else {
      return [
        defect(
          field, .tooCoarse, "\(field.label.chinese)至少应到县（市、区）一级",
          "\(field.label.english) does not reach the county")
      ]
    }
    if !register.everExisted(county) {
      return [
        defect(
          field, .unknownDivision, "\(field.label.chinese)不存在",
          "\(field.label.english) is no known division")
      ]
    }
    if division.hasUnusualVillage {
      return [
        defect(
          field, .doubtfulVillage, "\(field.label.chinese)后三位不是村（居）委会的编号，请核对",
          "the last three digits of the \(field.label.english) number no village or community")
      ]
    }
    guard !register.isActive(county) else { return [] }
    let now = register.currentSuccessors(of: county).map(\.description).joined(separator: "、")
    let inEnglish = now.isEmpty ? "no successor is known" : "now \(now)"
    return [
      defect(
        field, .formerDivision,
        "\(field.label.chinese)所在区划已撤销" + (now.isEmpty ? "" : "，现为\(now)"),
        "\(field.label.english) lies in a former division; \(inEnglish)")
    ]
  }

  private static func missing(_ field: PersonField) -> RuleFailure {
    defect(field, .missing, "缺少\(field.label.chinese)", "\(field.label.english) is missing")
  }

  private static func defect(
    _ field: PersonField, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(
      rule: "S12.2", field: field.rawValue, reason: reason, chinese: chinese, english: english)
  }
}
