/// What S1 asks about a person.
public struct SubjectFacts: Hashable, Sendable {
  /// Nil when it is not known.
  public var birthDate: CivilDate?
  /// As entered.
  public var sex: Sex
  /// 现孕.
  public var currentlyPregnant: Bool
  /// The day of her last birth, if there was one.
  public var lastBirth: CivilDate?
  /// Her certificate.
  public var certificate: CertificateStatus
  /// What she uses.
  public var contraception: Contraception

  /// The facts of a person.
  public init(
    birthDate: CivilDate?, sex: Sex = .female, currentlyPregnant: Bool = false,
    lastBirth: CivilDate? = nil, certificate: CertificateStatus = .unknown,
    contraception: Contraception = .unknown
  ) {
    self.birthDate = birthDate
    self.sex = sex
    self.currentlyPregnant = currentlyPregnant
    self.lastBirth = lastBirth
    self.certificate = certificate
    self.contraception = contraception
  }
}
