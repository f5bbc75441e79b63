import ExchangeProtos
import ExchangeRules
import Presentation

/// The words for values of the protocol that may be absent: nothing for those.
enum Words {
  static func state(_ state: ItemState?, _ language: Language) -> String {
    state?.label[language] ?? ""
  }

  static func category(_ category: Category?, _ language: Language) -> String {
    category?.label[language] ?? ""
  }

  static func kind(_ kind: ItemKind?, _ language: Language) -> String {
    kind?.label[language] ?? ""
  }

  static func urgency(_ urgency: Urgency?, _ language: Language) -> String {
    // Notices have none, which is no word worth a column.
    guard let urgency, urgency != .none else { return "" }
    return urgency.label[language]
  }

  static func finding(_ finding: Finding?, _ language: Language) -> String {
    finding?.label[language] ?? ""
  }

  static func source(_ source: SearchSource?, _ language: Language) -> String {
    source?.label[language] ?? ""
  }

  static func keyReason(_ reason: String, _ language: Language) -> String {
    KeySubjectReason(rawValue: reason)?.label[language] ?? reason
  }

  static func date(_ yyyymmdd: Int32) -> String {
    CivilDate(yyyymmdd: yyyymmdd)?.description ?? ""
  }
}
