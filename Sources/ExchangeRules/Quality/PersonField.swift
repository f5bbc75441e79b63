/// The fields of a person that are checked, compared and merged (S12.2), in the source's order.
public enum PersonField: String, CaseIterable, Hashable, Sendable {
  case name
  case sex
  case citizenID = "citizenId"
  case citizenIDReason = "noCitizenIdReason"
  case birthDate
  case residenceCode = "residence.code"
  case residenceText = "residence.text"
  case householdCode = "household.code"
  case householdText = "household.text"

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .name: BilingualText(chinese: "姓名", english: "name")
    case .sex: BilingualText(chinese: "性别", english: "sex")
    case .citizenID: BilingualText(chinese: "公民身份号码", english: "citizen ID number")
    case .citizenIDReason:
      BilingualText(chinese: "号码说明", english: "reason about the number")
    case .birthDate: BilingualText(chinese: "出生日期", english: "birth date")
    case .residenceCode: BilingualText(chinese: "现居住地代码", english: "residence code")
    case .residenceText: BilingualText(chinese: "现居住地", english: "residence")
    case .householdCode: BilingualText(chinese: "户籍地代码", english: "household code")
    case .householdText: BilingualText(chinese: "户籍地", english: "household address")
    }
  }
}

extension PersonFacts {
  /// A field as text: empty where nothing is known.
  public subscript(field: PersonField) -> String {
    switch field {
    case .name: name
    case .sex: sex == .unknown ? "" : sex.word
    case .citizenID: citizenID
    case .citizenIDReason: citizenIDReason
    case .birthDate: birthDate?.description ?? ""
    case .residenceCode: residence.code
    case .residenceText: residence.text
    case .householdCode: household.code
    case .householdText: household.text
    }
  }

  /// Takes a field over from another person.
  mutating func take(_ field: PersonField, from other: PersonFacts) {
    switch field {
    case .name: name = other.name
    case .sex: sex = other.sex
    case .citizenID: citizenID = other.citizenID
    case .citizenIDReason: citizenIDReason = other.citizenIDReason
    case .birthDate: birthDate = other.birthDate
    case .residenceCode: residence.code = other.residence.code
    case .residenceText: residence.text = other.residence.text
    case .householdCode: household.code = other.household.code
    case .householdText: household.text = other.household.text
    }
  }
}
