internal import ExchangeProtos
internal import ExchangeRules

extension Subject {
  /// Writes a field as ``text(of:)`` gives it; false where the text is none of the field's.
  mutating func write(_ text: String, to field: SubjectField) -> Bool {
    func place() -> Address? {
      let code = text.prefix { $0.isASCII && $0.isNumber }
      let rest = String(text.dropFirst(code.count)).trimmingBlanks
      guard DivisionCode(String(code)) != nil, !rest.isEmpty else { return nil }
      var address = Address()
      (address.code, address.text) = (String(code), rest)
      return address
    }
    func day() -> Int32? { CivilDate(text)?.yyyymmdd }
    switch field {
    case .name: name = text
    case .citizenID: citizenId = text
    case .noCitizenIDReason: noCitizenIdReason = text
    case .telephone: telephone = text
    case .birthDate: birthDate = day() ?? 0
    case .lastBirth: lastBirth = day() ?? 0
    case .household: household = place()
    case .residence: residence = place()
    case .sex: sex = Sex.allCases.first { "\($0)" == text } ?? .unknown
    case .certificate:
      certificate = CertificateStatus.allCases.first { "\($0)" == text } ?? .unknown
    case .contraception:
      contraception = Contraception.allCases.first { "\($0)" == text } ?? .unknown
    case .currentlyPregnant:
      currentlyPregnant = text == "true"
      return text == "true" || text == "false"
    }
    return self.text(of: field) == text.trimmingBlanks && !text.trimmingBlanks.isEmpty
  }
}
