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
    case .name: PersonField.name.label
    case .citizenID: PersonField.citizenID.label
    case .noCitizenIDReason: PersonField.citizenIDReason.label
    case .birthDate: PersonField.birthDate.label
    case .sex: PersonField.sex.label
    case .household: PersonField.householdText.label
    case .certificate: BilingualText(chinese: "婚育证明", english: "certificate")
    case .residence: PersonField.residenceText.label
    case .telephone: BilingualText(chinese: "联系电话", english: "telephone")
    case .currentlyPregnant: BilingualText(chinese: "现孕", english: "pregnant")
    case .lastBirth: BilingualText(chinese: "最近生育日期", english: "last birth")
    case .contraception: BilingualText(chinese: "避孕措施", english: "contraception")
    }
  }
}
