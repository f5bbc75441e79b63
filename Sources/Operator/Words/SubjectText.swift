public import ExchangeProtos
public import ExchangeRules
internal import Presentation

/// The facts of a person that say something, each with its label.
public enum SubjectText {
  /// Label and value of each fact.
  public static func lines(_ subject: Subject, _ language: Language) -> [(String, String)] {
    func place(_ address: Address?) -> String {
      address.map { "\(DivisionText.text($0.code))，\($0.text)" } ?? ""
    }
    let lines: [(Label, String)] = [
      (.name, subject.name), (.citizenID, subject.citizenId),
      (.birthDate, Words.date(subject.birthDate)), (.sex, subject.sex.label[language]),
      (.residence, place(subject.residence)), (.household, place(subject.household)),
      (.pregnant, language.word(subject.currentlyPregnant ? .yes : .no)),
      (.certificate, subject.certificate.label[language]),
      (.contraception, subject.contraception.label[language]),
      (.telephone, subject.telephone),
    ]
    var texts = lines.map { (language.word($0), $1) }
    texts.append((language.text("号码说明", "reason about the number"), subject.noCitizenIdReason))
    texts.append((language.text("最近生育日期", "last birth"), Words.date(subject.lastBirth)))
    return texts.filter { !$0.1.isEmpty }
  }
}
