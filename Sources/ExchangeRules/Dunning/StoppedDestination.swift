/// Why an item cannot reach the office that owes it something: whoever is dunned for it cannot act,
/// numbered as on the wire.
public enum StoppedDestination: Int, CaseIterable, Hashable, Sendable {
  /// No node answers for the division.
  case notRegistered = 1
  /// Its node is switched off.
  case switchedOff = 2

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .notRegistered: BilingualText(chinese: "对方未入网", english: "no node there")
    case .switchedOff: BilingualText(chinese: "对方节点已停用", english: "node switched off")
    }
  }
}
