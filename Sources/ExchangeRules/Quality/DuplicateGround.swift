/// S12.3: why persons look like one.
public enum DuplicateGround: String, CaseIterable, Hashable, Sendable {
  /// The same number.
  case sameNumber
  /// A number of 15 digits and its upgrade to 18.
  case legacyPair
  /// The same name, birth date and village.
  case sameNameBirthVillage
  /// The same but for two characters of the name that change places, as in 王样例 and 王例样.
  case transposedName
  /// The same name and village, and numbers in which two digits change places.
  case transposedNumber

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .sameNumber: BilingualText(chinese: "公民身份号码相同", english: "same number")
    case .legacyPair:
      BilingualText(chinese: "15位与18位号码为同一人", english: "15-digit number and its upgrade")
    case .sameNameBirthVillage:
      BilingualText(
        chinese: "姓名、出生日期、户籍村（居）相同", english: "same name, birth date and village")
    case .transposedName:
      BilingualText(
        chinese: "出生日期、户籍村（居）相同，姓名有两字颠倒",
        english: "same birth date and village, two characters of the name swapped")
    case .transposedNumber:
      BilingualText(
        chinese: "姓名、户籍村（居）相同，号码有两位颠倒",
        english: "same name and village, two digits of the number swapped")
    }
  }
}
