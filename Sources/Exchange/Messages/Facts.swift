internal import ExchangeProtos
internal import ExchangeRules

/// What the rules need to know of a message.
extension Item {
  /// The person's facts (S1, S4.1).
  var subjectFacts: SubjectFacts { (subject ?? Subject()).facts }

  /// Whether the item can be searched for (S6.7).
  var searchability: Searchability {
    let subject = subject ?? Subject()
    return Searchability(
      name: subject.name, citizenID: subject.citizenId,
      noCitizenIDReason: subject.noCitizenIdReason, residence: .init(subject.residence),
      household: .init(subject.household))
  }

  /// What its clocks depend on; nil if it has no kind or no category.
  func facts(
    submitted: CivilDate, received: CivilDate?, profile: RuleProfile
  ) -> ItemFacts? {
    guard let kind, let category else { return nil }
    return ItemFacts(
      kind: kind, category: category, currentlyPregnant: subject?.currentlyPregnant ?? false,
      occurred: CivilDate(yyyymmdd: occurred), submitted: submitted, received: received,
      profile: profile)
  }

  /// The county where the person is registered.
  var householdCounty: DivisionCode? { DivisionCode(subject?.household?.code ?? "")?.county }
  /// The place in the asked county that its address names; empty: none does.
  var askedPlace: String {
    let isHousehold = householdCounty.map { "\($0)" } == to
    let address = isHousehold ? subject?.household : subject?.residence
    return DivisionCode(address?.code ?? "").map { "\($0)" } ?? ""
  }
  /// The county where the person lives.
  var residenceCounty: DivisionCode? { DivisionCode(subject?.residence?.code ?? "")?.county }
}

extension Subject {
  /// What S1 and S4.1 ask about the person.
  var facts: SubjectFacts {
    SubjectFacts(
      birthDate: CivilDate(yyyymmdd: birthDate), sex: sex, currentlyPregnant: currentlyPregnant,
      lastBirth: CivilDate(yyyymmdd: lastBirth), certificate: certificate,
      contraception: contraception)
  }
}

extension Searchability.Place {
  /// A place as it was written; an empty one where nothing was.
  init(_ address: Address?) {
    self.init(code: address?.code ?? "", text: address?.text ?? "")
  }
}

extension ExchangeProtos.SearchStep {
  /// The step as the rules see it; nil without a source.
  var facts: ExchangeRules.SearchStep? {
    source.map { ExchangeRules.SearchStep(source: $0, found: found, note: note) }
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
