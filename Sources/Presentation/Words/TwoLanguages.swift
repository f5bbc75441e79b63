public import ExchangeRules

/// Sentences that a node sends to people in both languages at once: `中文 / English`.
public enum TwoLanguages {
  /// Whether a sentence has a part in each language.
  public static func hasTwo(_ sentence: String) -> Bool { sentence.contains(" / ") }

  /// The part in a language; all of a sentence that has no two parts.
  public static func part(of sentence: String, in language: Language) -> String {
    guard let mark = sentence.firstRange(of: " / ") else { return sentence }
    switch language {
    case .chinese: return String(sentence[..<mark.lowerBound])
    case .english: return String(sentence[mark.upperBound...])
    }
  }
}
