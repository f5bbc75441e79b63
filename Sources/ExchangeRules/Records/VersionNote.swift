/// Why the register has a version that nobody has written by itself, as it is stored (S12.1).
public enum VersionNote: String, CaseIterable, Hashable, Sendable {
  /// Fields of a claim were taken over.
  case accepted = "claim accepted"
  /// What brought the version before was taken back.
  case takenBack = "taken back"
  /// What is newer stands again behind what came later.
  case reordered = "newer than the version before"
  /// An answer has decided it.
  case answered
  /// The person has asked for it (PIPL 46).
  case corrected

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .accepted: BilingualText(chinese: "采纳了他方的说法", english: "claim accepted")
    case .takenBack: BilingualText(chinese: "因撤回而变更", english: "taken back")
    case .reordered:
      BilingualText(chinese: "比前一版更新", english: "newer than the version before")
    case .answered: BilingualText(chinese: "由反馈确定", english: "answered")
    case .corrected: BilingualText(chinese: "应本人请求更正", english: "corrected on request")
    }
  }

  /// A stored note in a language; words of a person stay as they are.
  public static func text(_ note: String, _ language: Language) -> String {
    VersionNote(rawValue: note)?.label[language] ?? note
  }
}
