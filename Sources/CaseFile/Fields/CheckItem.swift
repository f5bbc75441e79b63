public import ExchangeRules

/// The fifteen things that an assist request can ask to check, numbered as in the cross-province
/// form (Henan, 2012-10; `record_fields.csv`, category 11).
public enum CheckItem: Int, Sendable, Hashable, CaseIterable, Comparable {
  case name = 1
  case sex
  case residenceText
  case residenceCode
  case householdText
  case householdCode
  case citizenID
  case birthDate
  case education
  case householdNature
  case migrationReason
  case outflowDate
  case returnDate
  case maritalStatus
  case family

  /// The word that programs use, as in an answer's list of differences.
  public var word: String {
    switch self {
    case .name: "name"
    case .sex: "sex"
    case .residenceText: "residence.text"
    case .residenceCode: "residence.code"
    case .householdText: "household.text"
    case .householdCode: "household.code"
    case .citizenID: "citizenId"
    case .birthDate: "birthDate"
    case .education: "education"
    case .householdNature: "householdNature"
    case .migrationReason: "reason"
    case .outflowDate: "outflowDate"
    case .returnDate: "returnDate"
    case .maritalStatus: "maritalStatus"
    case .family: "family"
    }
  }

  /// The names that people write; the first is the form's.
  var names: [String] {
    switch self {
    case .name: ["姓名"]
    case .sex: ["性别"]
    case .residenceText: ["现居住地地址", "现居住地", "现住址"]
    case .residenceCode: ["现居住地行政区划", "现居住地编码"]
    case .householdText: ["户籍所在地地址", "户籍地地址", "户籍地", "户籍地址"]
    case .householdCode: ["户籍地行政区划", "户籍地编码"]
    case .citizenID: ["公民身份证号", "公民身份号码", "身份证号", "身份证号码", "身份证"]
    case .birthDate: ["出生日期"]
    case .education: ["文化程度"]
    case .householdNature: ["户口性质"]
    case .migrationReason: ["流动原因"]
    case .outflowDate: ["流出日期"]
    case .returnDate: ["返回日期"]
    case .maritalStatus: ["婚姻状况"]
    case .family: ["家庭户信息", "家庭信息"]
    }
  }

  private static let spellings: [String: CheckItem] = Dictionary(
    allCases.flatMap { item in ([item.word] + item.names).map { ($0, item) } },
    uniquingKeysWith: { first, _ in first })

  /// The form's name.
  public var name: String { names[0] }

  /// What an operator reads.
  public var label: BilingualText { BilingualText(chinese: name, english: english) }

  private var english: String {
    switch self {
    case .name: "name"
    case .sex: "sex"
    case .residenceText: "residence"
    case .residenceCode: "residence code"
    case .householdText: "household"
    case .householdCode: "household code"
    case .citizenID: "citizen ID"
    case .birthDate: "birth date"
    case .education: "education"
    case .householdNature: "kind of household registration"
    case .migrationReason: "reason of migration"
    case .outflowDate: "day of leaving"
    case .returnDate: "day of return"
    case .maritalStatus: "marital status"
    case .family: "family"
    }
  }

  /// The item of a number, a name or a word.
  public init?(named text: String) {
    let written = WrittenCode.read(text).value
    let byNumber = Int(written).flatMap { CheckItem(rawValue: $0) }
    guard let item = byNumber ?? CheckItem.spellings[written] else { return nil }
    self = item
  }

  /// Reads a list of numbers or names, separated by any of the marks people use.
  ///
  /// - Throws: ``ReadingReason/unknownValue`` with the fifteen where one is not among them.
  public static func list(_ written: String) throws(ReadingRefusal) -> Reading<[CheckItem]> {
    let text = WrittenText.read(written)
    var items: Set<CheckItem> = []
    for part in text.value.split(whereSeparator: CheckItem.separators.contains) {
      guard let item = CheckItem(named: String(part)) else {
        throw ReadingRefusal(
          .unknownValue, choices: allCases.map { "\($0.rawValue) \($0.name)" })
      }
      items.insert(item)
    }
    return Reading(items.sorted(), changes: text.changes)
  }

  private static let separators: Set<Character> = [
    ",", "，", "、", ";", "；", " ", "\u{3000}", "/", "\n", "|", "和", "及", "与",
  ]

  /// In the form's order.
  public static func < (left: CheckItem, right: CheckItem) -> Bool {
    left.rawValue < right.rawValue
  }
}
