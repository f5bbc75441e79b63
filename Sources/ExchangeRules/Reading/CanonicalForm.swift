internal import Foundation

/// The normalisation forms of Unicode (UAX 15), from the system's tables.
enum CanonicalForm {
  /// Form C: what Windows writes; macOS writes the decomposed form D of the same text.
  static func composed(_ text: String) -> String {
    text.unicodeScalars.allSatisfy(isStable) ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Whether a character is in form C in any company, by the blocks that most texts here are made of:
  /// Latin, Chinese characters, their punctuation and full width.
  private static func isStable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x300, 0x2010...0x2027, 0x3000...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xFF01...0xFF5E:
      true
    default: false
    }
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
