import ExchangeProtos
import ExchangeRules
import Presentation

/// The words for values of the protocol, by way of the shared rules' labels.
enum Words {
  static func state(_ state: ItemState, _ language: Language) -> String {
    ItemStage(rawValue: Int(state.rawValue))?.label[language] ?? ""
  }

  static func category(_ category: ExchangeProtos.Category, _ language: Language) -> String {
    ExchangeRules.Category(rawValue: Int(category.rawValue))?.label[language] ?? ""
  }

  static func kind(_ kind: ExchangeProtos.ItemKind, _ language: Language) -> String {
    ExchangeRules.ItemKind(rawValue: Int(kind.rawValue))?.label[language] ?? ""
  }

  static func urgency(_ urgency: ExchangeProtos.Urgency, _ language: Language) -> String {
    // Notices have none, which is no word worth a column.
    guard urgency != .none else { return "" }
    return ExchangeRules.Urgency(rawValue: Int(urgency.rawValue))?.label[language] ?? ""
  }

  static func finding(_ finding: ExchangeProtos.Finding, _ language: Language) -> String {
    ExchangeRules.Finding(rawValue: Int(finding.rawValue))?.label[language] ?? ""
  }

  /// The word of a finding for programs; nil while there is none.
  static func findingWord(_ finding: ExchangeProtos.Finding) -> String? {
    switch finding {
    case .unspecified: nil
    case .found: "found"
    case .notFound: "notFound"
    case .mismatch: "mismatch"
    }
  }

  static func source(_ source: ExchangeProtos.SearchSource, _ language: Language) -> String {
    ExchangeRules.SearchSource(rawValue: Int(source.rawValue))?.label[language] ?? ""
  }

  static func sex(_ sex: ExchangeProtos.Sex, _ language: Language) -> String {
    ExchangeRules.Sex(rawValue: Int(sex.rawValue))?.label[language] ?? ""
  }

  static func certificate(
    _ certificate: ExchangeProtos.CertificateStatus, _ language: Language
  ) -> String {
    ExchangeRules.CertificateStatus(rawValue: Int(certificate.rawValue))?.label[language] ?? ""
  }

  static func contraception(
    _ contraception: ExchangeProtos.Contraception, _ language: Language
  ) -> String {
    ExchangeRules.Contraception(rawValue: Int(contraception.rawValue))?.label[language] ?? ""
  }

  static func keyReason(_ reason: String, _ language: Language) -> String {
    KeySubjectReason(rawValue: reason)?.label[language] ?? reason
  }

  static func date(_ yyyymmdd: Int32) -> String {
    CivilDate(yyyymmdd: yyyymmdd)?.description ?? ""
  }
}
