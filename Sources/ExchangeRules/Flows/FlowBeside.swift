/// What a flow table has in its columns, the origin being in its rows (S13.1); numbered as on the wire.
public enum FlowBeside: Int, CaseIterable, Hashable, Sendable {
  /// Where the persons live.
  case destination = 1
  /// Their sex.
  case sex
  /// Their age on the last day of the period.
  case age
  /// Their education, by the first digit of its code (GB/T 4658).
  case education

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .destination: BilingualText(chinese: "流入地", english: "destination")
    case .sex: BilingualText(chinese: "性别", english: "sex")
    case .age: BilingualText(chinese: "年龄组", english: "age")
    case .education: BilingualText(chinese: "文化程度", english: "education")
    }
  }
}
