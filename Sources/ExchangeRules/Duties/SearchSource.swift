/// Where a subject is looked for, numbered as on the wire.
///
/// The first three are the household place's own order (S6.4), the rest are the other sources of
/// S6.5.
public enum SearchSource: Int, CaseIterable, Hashable, Sendable {
  case womenRegister = 1
  case paperLedger = 2
  case householdRegister = 3
  case health = 4
  case civilAffairs = 5
  case superiorRegister = 6

  /// The order in which the household place searches (S6.4).
  public static let householdOrder: [SearchSource] = [
    .womenRegister, .paperLedger, .householdRegister,
  ]

  /// What an operator reads; the Chinese is the source's own term.
  public var label: BilingualText {
    switch self {
    case .womenRegister:
      BilingualText(chinese: "育龄妇女数据库", english: "register of women of childbearing age")
    case .paperLedger: BilingualText(chinese: "手工台账", english: "paper ledger")
    case .householdRegister:
      BilingualText(chinese: "公安户籍管理", english: "public-security household register")
    case .health: BilingualText(chinese: "卫生部门", english: "health")
    case .civilAffairs: BilingualText(chinese: "民政部门", english: "civil affairs")
    case .superiorRegister:
      BilingualText(chinese: "上级育龄妇女数据库", english: "superior register")
    }
  }
}
