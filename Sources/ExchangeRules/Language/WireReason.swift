extension RuleFailure {
  /// The reason as it travels: words in small letters with hyphens between them, as all reasons of
  /// the protocol are; `outOfOrder` is `out-of-order` there.
  public var wireReason: String {
    var word = ""
    for character in reason {
      if character.isUppercase { word += "-" }
      word += character.lowercased()
    }
    return word
  }
}
