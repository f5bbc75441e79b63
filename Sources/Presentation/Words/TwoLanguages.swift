public import ExchangeRules

/// Sentences that a node sends to people in both languages at once: `中文 / English`.
public enum TwoLanguages {
  /// The part in a language; all of a sentence that has no two parts.
  public static func part(of sentence: String, in language: Language) -> String {
    guard let mark = sentence.firstRange(of: " / ") else { return sentence }
    switch language {
    case .chinese: return String(sentence[..<mark.lowerBound])
    case .english: return String(sentence[mark.upperBound...])
    }
  }
}
