import CaseFile
import ExchangeProtos
import ExchangeRules
import Operator

/// What the asking county wrote of the things to check, to be held against the register.
enum AskedFacts {
  static func lines(of subject: Subject, _ language: Language) -> [CheckItem: String] {
    let facts: [CheckItem: String] = [
      .name: subject.name, .sex: subject.sex.label[language], .citizenID: subject.citizenId,
      .residenceCode: subject.residence?.code ?? "",
      .residenceText: subject.residence?.text ?? "",
      .householdCode: subject.household?.code ?? "",
      .householdText: subject.household?.text ?? "",
      .birthDate: Words.date(subject.birthDate),
    ]
    return facts.filter { !$0.value.isEmpty }
  }
}
