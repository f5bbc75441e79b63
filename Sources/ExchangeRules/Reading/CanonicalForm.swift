internal import Foundation

/// The normalisation forms of Unicode (UAX 15), from the system's tables.
enum CanonicalForm {
  /// Form C: what Windows writes; macOS writes the decomposed form D of the same text.
  static func composed(_ text: String) -> String {
    isASCII(text) ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Form KC, which also replaces the forms that were encoded for other standards.
  static func compatible(_ text: String) -> String {
    isASCII(text) ? text : text.precomposedStringWithCompatibilityMapping
  }

  /// Whether two texts have the same bytes: `==` calls canonical equivalents equal.
  static func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }

  private static func isASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 }
  }
}
