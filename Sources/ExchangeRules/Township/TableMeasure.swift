/// A row of a monthly table; the sources name the tables and not their rows (interpretation).
public enum TableMeasure: Int, CaseIterable, Hashable, Sendable {
  /// Persons.
  case persons = 1
  /// Of those: registered here and living elsewhere.
  case out
  /// Of those: living here and registered elsewhere.
  case into
  /// Of those: key subjects (S1.2).
  case keySubjects
  /// Of those: with a valid certificate.
  case certificateValid
  /// Of those: with a non-conforming one.
  case certificateNonConforming
  /// Of those: without one.
  case certificateNone
  /// Of those: it is not known.
  case certificateUnknown
  /// Of those: long-acting contraception.
  case longActing
  /// Of those: other contraception.
  case otherContraception
  /// Of those: none.
  case noContraception
  /// Of those: it is not known.
  case contraceptionUnknown
  /// Of those: pregnant.
  case pregnant
  /// Births in the month.
  case births
  /// Surgeries in the month.
  case surgeries
  /// The three checks in the month.
  case checks

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .persons: BilingualText(chinese: "育龄妇女人数", english: "women")
    case .out: BilingualText(chinese: "流出", english: "out")
    case .into: BilingualText(chinese: "流入", english: "in")
    case .keySubjects: BilingualText(chinese: "重点对象", english: "key subjects")
    case .certificateValid: BilingualText(chinese: "持有效证明", english: "valid certificate")
    case .certificateNonConforming:
      BilingualText(chinese: "证明不规范", english: "non-conforming certificate")
    case .certificateNone: BilingualText(chinese: "未持证", english: "no certificate")
    case .certificateUnknown: BilingualText(chinese: "持证不详", english: "certificate unknown")
    case .longActing: BilingualText(chinese: "长效避孕", english: "long-acting contraception")
    case .otherContraception: BilingualText(chinese: "其他避孕", english: "other contraception")
    case .noContraception: BilingualText(chinese: "未避孕", english: "no contraception")
    case .contraceptionUnknown:
      BilingualText(chinese: "避孕不详", english: "contraception unknown")
    case .pregnant: BilingualText(chinese: "现孕", english: "pregnant")
    case .births: BilingualText(chinese: "本月生育", english: "births in the month")
    case .surgeries: BilingualText(chinese: "本月手术", english: "surgeries in the month")
    case .checks: BilingualText(chinese: "本月三查", english: "checks in the month")
    }
  }

  /// Measures of which the sum is that of the persons (S11.1).
  public static let partitions: [[TableMeasure]] = [
    [.out, .into],
    [.certificateValid, .certificateNonConforming, .certificateNone, .certificateUnknown],
    [.longActing, .otherContraception, .noContraception, .contraceptionUnknown],
  ]
}
