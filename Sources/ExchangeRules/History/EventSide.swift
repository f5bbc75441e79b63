/// From which side of an exchange an event comes (S2).
public enum EventSide: CaseIterable, Hashable, Sendable {
  /// Whoever enters the item: the county that asks, or a township or village of it (S2.2).
  case author
  /// The county that asks or notifies (S2.1).
  case asking
  /// A province between the two (S2.3).
  case relay
  /// The county that is asked (S2.1).
  case asked
  /// That county, or the township or village that it gave the item to (S10.2).
  case answering
  /// Whoever brought about what is taken back.
  case doer
  /// Either county: each answers to the person for what it holds.
  case party

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .author: BilingualText(chinese: "录入方", english: "the author's side")
    case .asking: BilingualText(chinese: "提交方的县（市、区）", english: "the county that asks")
    case .relay: BilingualText(chinese: "省级", english: "a province on the way")
    case .asked: BilingualText(chinese: "接收方的县（市、区）", english: "the county that is asked")
    case .answering:
      BilingualText(chinese: "接收方或其分解到的单位", english: "the side that answers")
    case .doer: BilingualText(chinese: "原办理单位", english: "the office that did it")
    case .party: BilingualText(chinese: "任一方的县（市、区）", english: "either county")
    }
  }
}
