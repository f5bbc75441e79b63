/// The facts of a person's card, each with the side that manages it (S7.1, S7.2).
public enum SubjectField: String, CaseIterable, Hashable, Sendable {
  case name
  case citizenID = "citizenId"
  case noCitizenIDReason = "noCitizenIdReason"
  case birthDate
  case sex
  case household
  case certificate
  case residence
  case telephone
  case currentlyPregnant
  case lastBirth
  case contraception

  /// Whose act makes a claim of the field a fact.
  public var side: ExchangeSide {
    switch self {
    case .name, .citizenID, .noCitizenIDReason, .birthDate, .sex, .household, .certificate:
      .household
    case .residence, .telephone, .currentlyPregnant, .lastBirth, .contraception: .residence
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .name: BilingualText(chinese: "姓名", english: "name")
    case .citizenID: BilingualText(chinese: "公民身份号码", english: "citizen ID number")
    case .noCitizenIDReason:
      BilingualText(chinese: "号码说明", english: "reason about the number")
    case .birthDate: BilingualText(chinese: "出生日期", english: "birth date")
    case .sex: BilingualText(chinese: "性别", english: "sex")
    case .household: BilingualText(chinese: "户籍地", english: "household address")
    case .certificate: BilingualText(chinese: "婚育证明", english: "certificate")
    case .residence: BilingualText(chinese: "现居住地", english: "residence")
    case .telephone: BilingualText(chinese: "联系电话", english: "telephone")
    case .currentlyPregnant: BilingualText(chinese: "现孕", english: "pregnant")
    case .lastBirth: BilingualText(chinese: "最近生育日期", english: "last birth")
    case .contraception: BilingualText(chinese: "避孕措施", english: "contraception")
    }
  }
}
