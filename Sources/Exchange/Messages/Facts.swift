internal import ExchangeProtos
public import ExchangeRules

/// What the rules need to know of a message: the protocol's words as the rules' values.
///
/// An enumeration value that the rules do not have counts as unknown, never as something else.
extension Item {
  /// The person's facts (S1, S4.1).
  var subjectFacts: SubjectFacts {
    let subject = subject ?? Subject()
    return SubjectFacts(
      birthDate: CivilDate(yyyymmdd: subject.birthDate),
      sex: ExchangeRules.Sex(rawValue: Int(subject.sex.rawValue)) ?? .unknown,
      currentlyPregnant: subject.currentlyPregnant,
      lastBirth: CivilDate(yyyymmdd: subject.lastBirth),
      certificate: ExchangeRules.CertificateStatus(rawValue: Int(subject.certificate.rawValue))
        ?? .unknown,
      contraception: ExchangeRules.Contraception(rawValue: Int(subject.contraception.rawValue))
        ?? .unknown)
  }

  /// Whether the item can be searched for (S6.7).
  var searchability: Searchability {
    let subject = subject ?? Subject()
    func place(_ address: Address?) -> Searchability.Place {
      Searchability.Place(code: address?.code ?? "", text: address?.text ?? "")
    }
    return Searchability(
      name: subject.name, citizenID: subject.citizenId,
      noCitizenIDReason: subject.noCitizenIdReason, residence: place(subject.residence),
      household: place(subject.household))
  }

  /// What its clocks depend on; nil if its kind or category is not one of the rules'.
  func facts(
    submitted: CivilDate, received: CivilDate?, profile: RuleProfile
  ) -> ItemFacts? {
    guard let kind = ExchangeRules.ItemKind(rawValue: Int(kind.rawValue)),
      let category = ExchangeRules.Category(rawValue: Int(category.rawValue))
    else { return nil }
    return ItemFacts(
      kind: kind, category: category, currentlyPregnant: subject?.currentlyPregnant ?? false,
      occurred: CivilDate(yyyymmdd: occurred), submitted: submitted, received: received,
      profile: profile)
  }

  /// The county where the person is registered.
  var householdCounty: DivisionCode? { DivisionCode(subject?.household?.code ?? "")?.county }
  /// The county where the person lives.
  var residenceCounty: DivisionCode? { DivisionCode(subject?.residence?.code ?? "")?.county }
}

extension ExchangeProtos.SearchStep {
  /// The step as the rules see it; nil for a source that they do not have.
  var facts: ExchangeRules.SearchStep? {
    ExchangeRules.SearchSource(rawValue: Int(source.rawValue)).map {
      ExchangeRules.SearchStep(source: $0, found: found, note: note)
    }
  }
}

extension ExchangeRules.Deadline {
  /// The deadline as it travels.
  var message: ExchangeProtos.Deadline {
    var message = ExchangeProtos.Deadline()
    message.rule = rule
    message.purpose = purpose.rawValue
    message.start = start.yyyymmdd
    message.length = Int32(clamping: length)
    message.unit = unit.rawValue
    message.due = due.yyyymmdd
    return message
  }
}

extension CivilDate {
  /// The civil date in China of a moment: milliseconds since 1970, UTC.
  ///
  /// China has had one zone, UTC+8, without summer time since 1992; before, the system stores no
  /// moments.
  public init(chinaDateOf milliseconds: Int64) {
    let seconds = Int(milliseconds / 1000) + 8 * 3600
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    self.init(dayNumber: day + CivilDate.dayNumberOf1970)
  }

  private static let dayNumberOf1970 =
    CivilDate(year: 1970, month: 1, day: 1)?.dayNumber ?? 0
}
