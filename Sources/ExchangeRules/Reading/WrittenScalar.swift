/// What single characters are for the reading of written values.
enum WrittenScalar {
  /// Whether nobody sees it: the standard's Default_Ignorable_Code_Point (among them the marks
  /// without width, of direction, and the byte order mark) and controls that are no white space.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 && !isSpace(scalar) || scalar.value == 0x7F }
    if isCommonHan(scalar) { return false }
    return scalar.properties.isDefaultIgnorableCodePoint
      || scalar.properties.generalCategory == .control && !isSpace(scalar)
  }

  /// Whether it is white space of any script; U+2800 and U+FFFC show nothing either.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value) }
    if isCommonHan(scalar) { return false }
    return scalar.properties.isWhitespace || scalar.value == 0x2800 || scalar.value == 0xFFFC
  }

  /// The block of almost all Chinese text: letters all, so that no table need be asked.
  static func isCommonHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    isSpace(scalar) || isInvisible(scalar)
  }

  /// Marks that nobody sees and that change the character before them: variants of a Chinese or
  /// Mongolian character, joiners of Arabic and Indic scripts.
  static func shapes(_ scalar: Unicode.Scalar, after base: Unicode.Scalar?) -> Bool {
    guard let base, !isBlank(base) else { return false }
    switch scalar.value {
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return !base.isASCII
    case 0x180B...0x180F: return (0x1800...0x18AF).contains(base.value)
    case 0x200C, 0x200D:
      return (0x0600...0x0DFF).contains(base.value) || (0x1800...0x18AF).contains(base.value)
        || (0xFB50...0xFDFF).contains(base.value)
    default: return false
    }
  }

  /// The half-width form of a full-width character (UAX 11), which is what keyboards write: of
  /// printable ASCII and the full-width signs; nil for any other.
  static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xFFE5: "\u{A5}"
    case 0xFFE0: "\u{A2}"
    case 0xFFE1: "\u{A3}"
    default: nil
    }
  }

  /// The dots between the parts of a name: GB 2312's and Unicode's U+00B7, and what people write in
  /// its place.
  static func isDot(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x2E31, 0x30FB, 0xFF65, 0xFF0E, 0xFE52, 0x2E, 0x25CF,
      0x2024, 0x0387, 0x16EB, 0x1427, 0x2E33:
      true
    default: false
    }
  }

  /// Hyphens and dashes that people write for one sign.
  static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x2212 || scalar.value == 0x2D || scalar.value == 0xFF0D
      || scalar.properties.generalCategory == .dashPunctuation
  }

  /// Whether it is of a script that puts no spaces between words.
  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Whether it says something: a letter or a digit of any script.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if isCommonHan(scalar) { return true }
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
    case 0..<0x80: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      // The fillers of Hangul are letters by category, and nobody sees them.
      return !isInvisible(scalar)
    default: return false
    }
  }
}
