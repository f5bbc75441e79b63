/// What an operator reads, in both languages of the product.
public struct BilingualText: Hashable, Sendable {
  /// The Chinese text: what operators see unless they ask otherwise.
  public let chinese: String
  /// The English text.
  public let english: String

  /// Pairs a Chinese text with its English variant.
  public init(chinese: String, english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// The text in one of the languages.
  public subscript(language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}
