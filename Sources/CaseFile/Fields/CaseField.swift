public import ExchangeRules

/// The fields of a case that do not depend on its category, with the headings that name them.
///
/// The heading is the one that the national forms use; the synonyms are what provinces' forms,
/// spreadsheets in use and English templates write.
public enum CaseField: String, Sendable, Hashable, CaseIterable {
  case kind
  case category
  case name
  case citizenID = "citizenId"
  case noCitizenIDReason = "noCitizenIdReason"
  case birthDate
  case sex
  case residenceCode
  case residenceText
  case householdCode
  case householdText
  case currentlyPregnant
  case lastBirth
  case certificate
  case contraception
  case telephone
  case occurred
  case registered
  case checkItems
  case question
  case remark
  /// Written by us into a rejects file; ignored when that file is imported again.
  case rejectReason

  /// The Chinese heading that is written into rejects files and messages.
  public var heading: String { headings[0] }

  /// What an operator reads: the heading, and its proper synonym in English.
  public var label: BilingualText {
    let english = headings.first { $0.utf8.allSatisfy { $0 < 0x80 } }
    return BilingualText(chinese: heading, english: english ?? heading)
  }

  /// The field as rules and programs name it.
  public var path: String {
    switch self {
    case .residenceCode: "residence.code"
    case .residenceText: "residence.text"
    case .householdCode: "household.code"
    case .householdText: "household.text"
    default: rawValue
    }
  }

  /// Whether a file without the column is refused: without it no row could be searched (S6.7).
  public var isMandatory: Bool {
    switch self {
    case .name, .citizenID, .residenceCode, .residenceText, .householdCode, .householdText: true
    default: false
    }
  }

  /// All headings that mean the field; the first is the proper one.
  var headings: [String] {
    switch self {
    case .kind: ["信息类型", "类型", "交换类型", "kind", "item kind"]
    case .category: ["信息类别", "类别", "通报类别", "category"]
    case .name: ["姓名", "妇女姓名", "育龄妇女姓名", "本人姓名", "name"]
    case .citizenID:
      [
        "公民身份号码", "身份证号", "身份证号码", "公民身份证号", "公民身份证号码", "身份证", "证件号码",
        "citizen id", "citizen id number", "id number",
      ]
    case .noCitizenIDReason:
      ["无身份号码原因", "无身份证原因", "身份号码说明", "no citizen id reason", "id remark"]
    case .birthDate: ["出生日期", "出生年月日", "生日", "birth date", "date of birth"]
    case .sex: ["性别", "sex", "gender"]
    case .residenceCode:
      [
        "现居住地编码", "现居住地代码", "现居住地行政区划", "现居住地区划代码", "居住地编码", "residence code",
      ]
    case .residenceText:
      ["现居住地地址", "现居住地", "现居住地详细地址", "现住址", "居住地址", "residence", "residence address"]
    case .householdCode:
      [
        "户籍地编码", "户籍地代码", "户籍地行政区划", "户籍地区划代码", "户籍所在地编码", "household code",
      ]
    case .householdText:
      [
        "户籍地地址", "户籍地", "户籍所在地地址", "户籍所在地", "户籍地详细地址", "户籍地址", "household",
        "household address",
      ]
    case .currentlyPregnant: ["现孕", "是否现孕", "现孕状态", "现孕情况", "currently pregnant"]
    case .lastBirth:
      ["最近生育日期", "末次生育日期", "最近一次生育日期", "last birth", "date of last birth"]
    case .certificate: ["婚育证明", "持证情况", "婚育证明持证情况", "certificate"]
    case .contraception: ["避孕措施", "避孕节育措施", "避孕方法", "避孕情况", "contraception"]
    case .telephone: ["联系电话", "电话", "手机", "手机号码", "telephone", "phone"]
    case .occurred: ["发生日期", "事件日期", "occurred", "date of event"]
    case .registered: ["登记日期", "填表日期", "录入日期", "registered", "date of entry"]
    case .checkItems: ["协查项目", "核查项目", "check items"]
    case .question: ["协查内容", "协查事由", "协查说明", "question"]
    case .remark: ["备注", "说明", "remark", "remarks", "note"]
    case .rejectReason: ["原因", "未导入原因", "退回原因", "reason"]
    }
  }
}
