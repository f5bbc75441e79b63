/// The documents that an office is shown in place of a citizen's card, or whose number somebody
/// writes in the place of the citizen ID number.
///
/// Only the three residence permits and a citizen's card have a number that the rules take for a
/// citizen ID number; whoever has another document is a subject without a number, which needs its
/// reason (S6.7, S12.3).
public enum IdentityDocument: String, Hashable, Sendable, CaseIterable {
  /// 居民身份证: 18 characters, GB 11643-1999.
  case citizenCard
  /// 外国人永久居留身份证, issued since 2023-12-01: 18 digits, the first a 9, then the province, the
  /// country by ISO 3166-1 numeric, birth date and sequence, with the check digit of GB 11643.
  ///
  /// National Immigration Administration, rules for reading the card (2023).
  case permanentResident
  /// The same card until then, valid to its own end: three letters of the country and 12 digits.
  case formerPermanentResident
  /// 港澳台居民居住证 of a resident of Hong Kong: 810000 (State Council, 2018).
  case residenceHongKong
  /// The same of Macao: 820000.
  case residenceMacao
  /// The same of Taiwan: 830000.
  case residenceTaiwan
  /// 护照: a letter or two and seven or eight digits.
  case passport
  /// 港澳居民来往内地通行证, H or M and 8 or 10 digits; 台湾居民来往大陆通行证, 8 digits.
  case travelPermit
  /// 户口簿: the number of a household of 9 digits, which stands for a child without a card.
  case householdBooklet

  /// Whether its number is a citizen ID number to the rules.
  public var hasCitizenNumber: Bool {
    switch self {
    case .citizenCard, .residenceHongKong, .residenceMacao, .residenceTaiwan: true
    default: false
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .citizenCard: BilingualText(chinese: "居民身份证", english: "citizen's card")
    case .permanentResident:
      BilingualText(
        chinese: "外国人永久居留身份证", english: "foreigner's permanent residence card (2023)")
    case .formerPermanentResident:
      BilingualText(
        chinese: "外国人永久居留身份证（旧版）",
        english: "foreigner's permanent residence card (before 2023)")
    case .residenceHongKong:
      BilingualText(chinese: "香港居民居住证", english: "residence permit of Hong Kong residents")
    case .residenceMacao:
      BilingualText(chinese: "澳门居民居住证", english: "residence permit of Macao residents")
    case .residenceTaiwan:
      BilingualText(chinese: "台湾居民居住证", english: "residence permit of Taiwan residents")
    case .passport: BilingualText(chinese: "护照", english: "passport")
    case .travelPermit:
      BilingualText(
        chinese: "港澳台居民来往内地（大陆）通行证", english: "mainland travel permit")
    case .householdBooklet:
      BilingualText(chinese: "户口簿户号", english: "number of a household booklet")
    }
  }

  /// The document that a number's shape tells, other than a citizen's card; nil where it tells none.
  ///
  /// `number` is as ``WrittenCode`` reads it, in upper case; a word for the document in front of it
  /// (护照, 户口簿, 通行证) decides where shapes are alike. A citizen ID number with a slip in it is no
  /// other document.
  public init?(_ number: String) {
    for (words, document) in IdentityDocument.words {
      if let word = words.first(where: number.hasPrefix) {
        let rest = number.dropFirst(word.count).drop { $0 == ":" || $0 == "：" }
        guard rest.utf8.count >= 6, rest.utf8.allSatisfy(IdentityDocument.isAlphanumeric) else {
          return nil
        }
        self = document
        return
      }
    }
    let letters = number.utf8.prefix { (0x41...0x5A).contains($0) }.count
    let digits = number.utf8.dropFirst(letters)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    switch (letters, digits.count) {
    case (3, 12): self = .formerPermanentResident
    case (1, 8) where number.hasPrefix("H") || number.hasPrefix("M"),
      (1, 10) where number.hasPrefix("H") || number.hasPrefix("M"):
      self = .travelPermit
    // Eight digits may as well be a birth date.
    case (0, 8) where (try? WrittenDate.read(number)) == nil: self = .travelPermit
    case (1, 7), (1, 8), (2, 7): self = .passport
    case (0, 9): self = .householdBooklet
    default: return nil
    }
  }

  /// Whether what stands for a number is another document's, whose holder has no citizen ID number.
  static func isOther(_ number: String) -> Bool {
    IdentityDocument(number).map { !$0.hasCitizenNumber } ?? (number.first == "9")
  }

  /// The document of a number of the shape of a citizen ID number, with a right date and check digit.
  init?(scan: CitizenIDScan, isDivision: Bool, hasProvince: Bool) {
    switch scan.region {
    case 810_000: self = .residenceHongKong
    case 820_000: self = .residenceMacao
    case 830_000: self = .residenceTaiwan
    // ISO 3166-1 has the numbers 004 to 894.
    case 900_000...999_999 where hasProvince && (4...894).contains(scan.region % 1000):
      self = .permanentResident
    default:
      guard isDivision else { return nil }
      self = .citizenCard
    }
  }

  private static let words: [(words: [String], document: IdentityDocument)] = [
    (["外国人永久居留身份证", "外国人永久居留证", "永居证"], .formerPermanentResident),
    (["护照"], .passport), (["户口簿户号", "户口簿", "户口本", "户号"], .householdBooklet),
    (
      ["港澳居民来往内地通行证", "台湾居民来往大陆通行证", "港澳通行证", "台胞证", "回乡证", "通行证"],
      .travelPermit
    ),
  ]

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }
}
