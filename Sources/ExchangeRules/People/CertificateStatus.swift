/// S1.2: what is known of the nationally uniform certificate (流动人口婚育证明); numbered as on the
/// wire.
public enum CertificateStatus: Int, CaseIterable, Hashable, Sendable {
  case unknown = 0
  case none = 1
  case nonConforming = 2
  case valid = 3

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .unknown: BilingualText(chinese: "不详", english: "unknown")
    case .none: BilingualText(chinese: "未持证", english: "none")
    case .nonConforming: BilingualText(chinese: "证明不规范", english: "non-conforming")
    case .valid: BilingualText(chinese: "持有效证明", english: "valid")
    }
  }
}
