public import ExchangeRules
internal import Presentation

/// The words for values of the protocol that may be absent: nothing for those.
public enum Words {
  /// The state of an item.
  public static func state(_ state: ItemState?, _ language: Language) -> String {
    state?.label[language] ?? ""
  }

  /// The category.
  public static func category(_ category: Category?, _ language: Language) -> String {
    category?.label[language] ?? ""
  }

  /// Request or notice.
  public static func kind(_ kind: ItemKind?, _ language: Language) -> String {
    kind?.label[language] ?? ""
  }

  /// How urgent a request is.
  public static func urgency(_ urgency: Urgency?, _ language: Language) -> String {
    // Notices have none, which is no word worth a column.
    guard let urgency, urgency != .none else { return "" }
    return urgency.label[language]
  }

  /// What was found.
  public static func finding(_ finding: Finding?, _ language: Language) -> String {
    finding?.label[language] ?? ""
  }

  /// Where was searched.
  public static func source(_ source: SearchSource?, _ language: Language) -> String {
    source?.label[language] ?? ""
  }

  /// Why she is a key subject (S1.2).
  public static func keyReason(_ reason: String, _ language: Language) -> String {
    KeySubjectReason(rawValue: reason)?.label[language] ?? reason
  }

  /// A day, as `2026-11-27`.
  public static func date(_ yyyymmdd: Int32) -> String {
    CivilDate(yyyymmdd: yyyymmdd)?.description ?? ""
  }
}
