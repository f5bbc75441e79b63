/// The languages an operator can choose (`--lang zh|en`).
public enum Language: String, CaseIterable, Hashable, Sendable {
  case chinese = "zh"
  case english = "en"
}
