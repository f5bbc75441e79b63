/// S4.4: the eight things that a place of residence notifies (通报), numbered as in the source.
public enum NoticeEvent: Int, CaseIterable, Hashable, Sendable {
  case birth = 1
  case surgery = 2
  case contraceptionDue = 3
  case pregnancy = 4
  case noValidCertificate = 5
  case localPregnancyCheck = 6
  case doubtfulFacts = 7
  case other = 8

  /// What an operator reads; the Chinese is the source's own wording.
  public var label: BilingualText {
    switch self {
    case .birth:
      BilingualText(chinese: "统计内有生育子女行为的", english: "a birth in the period")
    case .surgery:
      BilingualText(chinese: "统计内落实计划生育手术的", english: "a surgery in the period")
    case .contraceptionDue:
      BilingualText(
        chinese: "统计内应落实长效避孕节育措施而未落实的",
        english: "long-acting contraception due and not taken")
    case .pregnancy:
      BilingualText(chinese: "统计内怀孕的", english: "a pregnancy in the period")
    case .noValidCertificate:
      BilingualText(chinese: "未持有有效流动人口计划生育证件的", english: "no valid certificate")
    case .localPregnancyCheck:
      BilingualText(chinese: "在本地接受孕情检查服务的", english: "a pregnancy check done here")
    case .doubtfulFacts:
      BilingualText(
        chinese: "婚育、节育情况有疑问的", english: "doubtful marriage, birth or contraception facts")
    case .other:
      BilingualText(chinese: "其他需要通报的情况", english: "anything else that needs notice")
    }
  }

  /// The category in which the notice goes out.
  public var category: Category {
    switch self {
    case .birth: .birth
    case .surgery: .surgery
    case .contraceptionDue: .surgery
    case .pregnancy: .pregnancy
    case .noValidCertificate, .doubtfulFacts, .other: .basic
    case .localPregnancyCheck: .periodicCheck
    }
  }
}
