package import ExchangeProtos
package import ExchangeRules
internal import Presentation

/// What an item claims of a person, in words.
package enum ClaimText {
  /// What the field is called.
  package static func label(of field: ClaimedField, _ language: Language) -> String {
    SubjectField(rawValue: field.field)?.label[language] ?? field.field
  }

  /// A value of the field, as claimed or as registered.
  package static func value(
    _ text: String, of field: ClaimedField, _ language: Language
  ) -> String {
    switch SubjectField(rawValue: field.field) {
    case .currentlyPregnant: language.word(text.isEmpty ? .no : .yes)
    case .sex: Sex.allCases.first { $0.word == text }?.label[language] ?? text
    case .certificate:
      CertificateStatus.allCases.first { "\($0)" == text }?.label[language] ?? text
    case .contraception:
      Contraception.allCases.first { "\($0)" == text }?.label[language] ?? text
    default: text
    }
  }
}
