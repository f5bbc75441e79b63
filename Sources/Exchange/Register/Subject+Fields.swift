internal import ExchangeProtos
internal import ExchangeRules

extension Subject {
  /// A field as text; empty where nothing is said.
  func text(of field: SubjectField) -> String {
    func place(_ address: Address?) -> String {
      address.map { "\($0.code) \($0.text)".trimmingBlanks } ?? ""
    }
    func day(_ date: Int32) -> String { CivilDate(yyyymmdd: date)?.description ?? "" }
    return switch field {
    case .name: name
    case .citizenID: citizenId
    case .noCitizenIDReason: noCitizenIdReason
    case .birthDate: day(birthDate)
    case .sex: sex == .unknown ? "" : "\(sex)"
    case .household: place(household)
    case .certificate: certificate == .unknown ? "" : "\(certificate)"
    case .residence: place(residence)
    case .telephone: telephone
    // Silence and "no" are one on the wire: who says nothing claims nothing.
    case .currentlyPregnant: currentlyPregnant ? "true" : ""
    case .lastBirth: day(lastBirth)
    case .contraception: contraception == .unknown ? "" : "\(contraception)"
    }
  }

  /// Takes a field over from what somebody else says.
  mutating func take(_ field: SubjectField, from other: Subject) {
    switch field {
    case .name: name = other.name
    case .citizenID: citizenId = other.citizenId
    case .noCitizenIDReason: noCitizenIdReason = other.noCitizenIdReason
    case .birthDate: birthDate = other.birthDate
    case .sex: sex = other.sex
    case .household: household = other.household
    case .certificate: certificate = other.certificate
    case .residence: residence = other.residence
    case .telephone: telephone = other.telephone
    case .currentlyPregnant: currentlyPregnant = other.currentlyPregnant
    case .lastBirth: lastBirth = other.lastBirth
    case .contraception: contraception = other.contraception
    }
  }

  /// Whether a division manages the facts of a side of her (S7.1, S7.2): she lives, or is registered,
  /// within it.
  func isManaged(_ side: ExchangeSide, by division: String) -> Bool {
    let address = side == .residence ? residence : household
    guard let place = DivisionCode(address?.code ?? "") else { return false }
    return DivisionCode(division)?.contains(place) ?? false
  }
}
