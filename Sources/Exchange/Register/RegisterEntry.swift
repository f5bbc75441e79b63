internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// A person of the register: her facts as they are kept now.
struct RegisterEntry: Sendable {
  let card: RecordVersion
  let subject: Subject

  init(_ card: RecordVersion) throws {
    self.card = card
    subject = try Subject(decoding: card.body)
  }

  var key: String { card.subjectKey }

  /// What the rules of quality check (S12.2); keyed by the entry's own identity, never by a number.
  var facts: PersonFacts {
    func place(_ address: Address?) -> Searchability.Place {
      Searchability.Place(code: address?.code ?? "", text: address?.text ?? "")
    }
    return PersonFacts(
      key: card.record.hex, name: subject.name,
      sex: ExchangeRules.Sex(rawValue: Int(subject.sex.rawValue)) ?? .unknown,
      citizenID: subject.citizenId, citizenIDReason: subject.noCitizenIdReason,
      birthDate: CivilDate(yyyymmdd: subject.birthDate), residence: place(subject.residence),
      household: place(subject.household))
  }

  /// As lists show her: masked (G3).
  func masked(in ledger: LedgerReader) throws -> RegisteredPerson {
    let records = try ledger.records(of: key)
    var person = RegisteredPerson()
    person.id = card.record.bytes
    person.maskedName = Masking.name(subject.name)
    person.maskedCitizenId = Masking.citizenID(subject.citizenId)
    person.residence = subject.residence?.code ?? ""
    person.household = subject.household?.code ?? ""
    person.recordCount = UInt32(
      clamping: records.count { $0.category != PersonCard.category })
    person.changed = records.map(\.at).max() ?? card.at
    person.confirmation = try ledger.confirmation(of: key).rawValue
    return person
  }
}
