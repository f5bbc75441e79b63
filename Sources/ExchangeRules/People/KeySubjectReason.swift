/// S1.2: the reasons that make a subject a key subject (重点对象), in the source's order.
public enum KeySubjectReason: String, CaseIterable, Hashable, Sendable {
  case currentlyPregnant
  case gaveBirthThisYear
  case noConformingCertificate
  case noLongActingContraception

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .currentlyPregnant: BilingualText(chinese: "现孕", english: "currently pregnant")
    case .gaveBirthThisYear: BilingualText(chinese: "当年生育", english: "gave birth this year")
    case .noConformingCertificate:
      BilingualText(
        chinese: "未持有《流动人口婚育证明》或证明不规范",
        english: "no certificate, or a non-conforming one")
    case .noLongActingContraception:
      BilingualText(chinese: "未采取长效避孕措施", english: "no long-acting contraception")
    }
  }
}
