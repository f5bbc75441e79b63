/// The two sides of an exchange (S7).
public enum ExchangeSide: String, CaseIterable, Hashable, Sendable {
  /// 现居住地.
  case residence
  /// 户籍地.
  case household

  /// The other side.
  public var other: ExchangeSide { self == .residence ? .household : .residence }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .residence: BilingualText(chinese: "现居住地", english: "place of residence")
    case .household: BilingualText(chinese: "户籍地", english: "place of household registration")
    }
  }
}
