/// What can be wrong with a citizen ID number (GB 11643-1999), in the order in which it is listed.
public enum CitizenIDProblem: String, CaseIterable, Hashable, Sendable {
  /// Neither 18 nor 15 characters.
  case length
  /// Something other than digits, or than a digit or X in the 18th place.
  case format
  /// No such day, a day in the future, or before 1850.
  case date
  /// The 18th character is not the one that follows from the others.
  case checkDigit
  /// The first six digits are no code under which numbers were given out.
  case region
  /// The sequence number 000, which was never given to anybody.
  case serial
  /// It is the number of another document, and no citizen ID number.
  case otherDocument

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .length: BilingualText(chinese: "位数不对（应为18位或15位）", english: "not 18 or 15 characters")
    case .format: BilingualText(chinese: "含有非法字符", english: "a character that does not belong")
    case .date: BilingualText(chinese: "出生日期不存在", english: "no such birth date")
    case .checkDigit: BilingualText(chinese: "校验码不符", english: "the check digit does not match")
    case .region: BilingualText(chinese: "行政区划代码不存在", english: "no such division code")
    case .serial:
      BilingualText(chinese: "顺序码000从未启用", english: "the sequence number 000 was never given")
    case .otherDocument:
      BilingualText(
        chinese: "是其他证件的号码，不是公民身份号码",
        english: "the number of another document, not a citizen ID number")
    }
  }

  /// The reason that a rule gives for it.
  var reason: RuleReason {
    switch self {
    case .length: .length
    case .format: .format
    case .date: .date
    case .checkDigit: .checkDigit
    case .region: .region
    case .serial: .serial
    case .otherDocument: .otherDocument
    }
  }
}
