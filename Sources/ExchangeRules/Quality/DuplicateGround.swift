/// S12.3: why persons look like one.
public enum DuplicateGround: String, CaseIterable, Hashable, Sendable {
  /// The same number.
  case sameNumber
  /// A number of 15 digits and its upgrade to 18.
  case legacyPair
  /// The same name, birth date and village.
  case sameNameBirthVillage

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .sameNumber: BilingualText(chinese: "公民身份号码相同", english: "same number")
    case .legacyPair:
      BilingualText(chinese: "15位与18位号码为同一人", english: "15-digit number and its upgrade")
    case .sameNameBirthVillage:
      BilingualText(
        chinese: "姓名、出生日期、户籍村（居）相同", english: "same name, birth date and village")
    }
  }
}
