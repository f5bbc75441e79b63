/// Why a written value cannot be read: the reason, what to do, and for a choice what there is to
/// choose from.
///
/// It never repeats the value (G3): who shows it puts the masked value beside it.
public struct ReadingRefusal: Error, Hashable, Sendable {
  /// The reason, with its stable word.
  public let reason: ReadingReason
  /// The values that could have been written, as an operator writes them; empty where the value is
  /// no choice.
  public let choices: [String]

  /// A refusal.
  public init(_ reason: ReadingReason, choices: [String] = []) {
    self.reason = reason
    self.choices = choices
  }

  /// What is wrong.
  public var text: BilingualText { reason.text }

  /// What to do about it; it names the choices, the first twenty of a long table.
  public var remedy: BilingualText {
    guard !choices.isEmpty else { return reason.remedy }
    let shown = choices.prefix(ReadingRefusal.choicesShown)
    let more = choices.count > shown.count
    return BilingualText(
      chinese: "填写其中之一：\(shown.joined(separator: "、"))\(more ? "……" : "")",
      english: "write one of: \(shown.joined(separator: ", "))\(more ? ", …" : "")")
  }

  private static let choicesShown = 20
}

/// The reasons why a written value cannot be read; the raw value is a stable word for programs.
public enum ReadingReason: String, Hashable, Sendable, CaseIterable {
  /// None of the values that can be chosen.
  case unknownValue
  /// No such day, or no date at all.
  case notADate
  /// A spreadsheet's day number such as 39969: the cell lost its date format.
  case dateSerialNumber
  /// A year of two digits: 09-6-5 can be three dates.
  case dateShortYear
  /// A month without a day.
  case dateDayMissing
  /// Day or month first, as in 6/5/2009: the order is anybody's guess.
  case dateYearNotFirst
  /// No whole number.
  case notANumber
  /// No amount of money.
  case notAnAmount
  /// A spreadsheet has rounded the number, as in 4.4E+17.
  case scientificNotation
  /// Fifteen digits of a longer number are left; zeros stand for the rest.
  case precisionLost
  /// No code of a division.
  case notACode
  /// Nothing that can be dialled.
  case notATelephone
  /// Nothing that can be a name.
  case notAName
  /// A character that neither a password nor the name of an account can have.
  case forbiddenCharacter
  /// Nothing is written.
  case nothingWritten

  /// What is wrong.
  public var text: BilingualText { wording.text }

  /// What to do about it.
  public var remedy: BilingualText { wording.remedy }

  private typealias Wording = (text: BilingualText, remedy: BilingualText)

  private static func wording(
    _ chinese: String, _ english: String, remedy remedyChinese: String, _ remedy: String
  ) -> Wording {
    (
      BilingualText(chinese: chinese, english: english),
      BilingualText(chinese: remedyChinese, english: remedy)
    )
  }

  private var wording: Wording {
    switch self {
    case .notADate, .dateSerialNumber, .dateShortYear, .dateDayMissing, .dateYearNotFirst:
      dateWording
    default: valueWording
    }
  }

  private var dateWording: Wording {
    switch self {
    case .dateSerialNumber:
      Self.wording(
        "日期变成了序号", "the date has become a spreadsheet's day number",
        remedy: "将该列设为日期格式（yyyy-mm-dd）后另存",
        "format the column as a date (yyyy-mm-dd) and save again")
    case .dateShortYear:
      Self.wording(
        "年份只有两位", "the year has two digits only", remedy: "写出四位年份，如 2009-6-5",
        "write the year with four digits, as in 2009-6-5")
    case .dateDayMissing:
      Self.wording(
        "日期缺少日", "the day is missing", remedy: "写出年月日，如 2009-6-5",
        "write year, month and day, as in 2009-6-5")
    case .dateYearNotFirst:
      Self.wording(
        "日期没有以年份开头", "the date does not begin with the year", remedy: "按年-月-日书写，如 2009-6-5",
        "write year, month, day, as in 2009-6-5")
    default:
      Self.wording(
        "不是有效日期", "there is no such date", remedy: "按年-月-日书写，如 2009-6-5",
        "write year, month, day, as in 2009-6-5")
    }
  }

  private var valueWording: Wording {
    switch self {
    case .unknownValue:
      Self.wording(
        "不是可选的值", "it is none of the values that can be chosen",
        remedy: "填写代码表中的代码或名称", "write a code of the table, or its name")
    case .notANumber:
      Self.wording("不是数字", "it is not a whole number", remedy: "只填数字", "write digits only")
    case .notAnAmount:
      Self.wording(
        "不是金额", "it is not an amount", remedy: "以元为单位填写，最多两位小数",
        "write yuan with at most two decimals")
    case .scientificNotation:
      Self.wording(
        "号码变成了科学计数（如 4.4E+17），后几位已丢失",
        "the spreadsheet has turned the number into the form 4.4E+17; its last digits are lost",
        remedy: "将该列设为文本格式，重新输入号码后另存",
        "format the column as text, type the number anew and save again")
    case .precisionLost:
      Self.wording(
        "号码后三位变成了 000，应是表格软件所致", "the last three digits have become 000, as spreadsheets do",
        remedy: "将该列设为文本格式，重新输入号码后另存",
        "format the column as text, type the number anew and save again")
    case .notACode:
      Self.wording(
        "行政区划代码应为6、9或12位数字", "a division code has 6, 9 or 12 digits",
        remedy: "查区划代码表，填写6、9或12位代码", "look the code up in the table of divisions")
    case .notATelephone:
      Self.wording(
        "不是电话号码", "it is no telephone number", remedy: "填写号码，如 13800000000 或 0755-00000000；没有的留空",
        "write a number such as 13800000000 or 0755-00000000, or leave it empty")
    case .forbiddenCharacter:
      Self.wording(
        "含有不能使用的字符（控制字符、看不见的字符等）",
        "it holds a character that cannot be used: a control, one that nobody sees",
        remedy: "不要粘贴，直接用键盘输入", "type it instead of pasting it")
    case .nothingWritten:
      Self.wording("未填写", "nothing is written", remedy: "填写该项", "fill it in")
    default:
      Self.wording(
        "不是姓名", "it is no name", remedy: "填写证件上的姓名", "write the name as on her card")
    }
  }
}
