public import ExchangeRules

extension Language {
  /// The word of a label.
  public func word(_ label: Label) -> String { label.text[self] }

  /// One of two texts.
  public func text(_ chinese: String, _ english: String) -> String {
    self == .chinese ? chinese : english
  }
}
