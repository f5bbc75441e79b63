/// What happens to a letter between two offices, in this order, each once; numbered as on the wire
/// and on disk.
public enum LetterStep: Int, CaseIterable, Hashable, Sendable {
  /// Its issuer wrote it.
  case issued = 1
  /// It is on the disk of the node that serves its addressee.
  case delivered = 2
  /// An operator of the addressee has taken note of it.
  case acknowledged = 3

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .issued: BilingualText(chinese: "已发出", english: "issued")
    case .delivered: BilingualText(chinese: "已送达", english: "delivered")
    case .acknowledged: BilingualText(chinese: "已签收", english: "acknowledged")
    }
  }
}
