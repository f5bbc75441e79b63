/// What the two string classes of PRECIS say of a character (RFC 8264 section 8, with the exceptions
/// and the rules of context of RFC 5892).
///
/// Scripts and joining types are told by blocks, since the standard library has no tables of them.
enum PrecisClass {
  /// Whether a text may be a name: `IdentifierClass`, letters and digits of any script and visible
  /// ASCII.
  static func isIdentifier(_ text: String) -> Bool {
    holds(text) { derived($0) == .valid }
  }

  /// Whether a text may be free: `FreeformClass`, which adds spaces, symbols, punctuation and
  /// compatibility forms.
  static func isFreeform(_ text: String) -> Bool {
    holds(text) { [.valid, .freeformOnly].contains(derived($0)) }
  }

  private enum Property {
    case valid
    /// Valid in `FreeformClass`, and in no identifier.
    case freeformOnly
    /// Valid where its rule of context holds.
    case contextual
    case disallowed
  }

  private static func holds(_ text: String, _ isValid: (Unicode.Scalar) -> Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.allSatisfy { index in
      derived(scalars[index]) == .contextual
        ? fitsContext(scalars, index) : isValid(scalars[index])
    }
  }

  /// The categories in the order of RFC 8264 section 8.
  private static func derived(_ scalar: Unicode.Scalar) -> Property {
    if let exception = exception(scalar.value) { return exception }
    let category = scalar.properties.generalCategory
    if category == .unassigned || category == .surrogate || category == .privateUse {
      return .disallowed
    }
    if (0x21...0x7E).contains(scalar.value) { return .valid }
    if scalar.value == 0x200C || scalar.value == 0x200D { return .contextual }
    if isOldHangulJamo(scalar.value) || scalar.properties.isDefaultIgnorableCodePoint
      || isNoncharacter(scalar.value) || category == .control
    {
      return .disallowed
    }
    let text = String(scalar)
    if !CanonicalForm.isSame(CanonicalForm.compatible(text), text) { return .freeformOnly }
    switch category {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter,
      .nonspacingMark, .spacingMark:
      return .valid
    case .titlecaseLetter, .letterNumber, .otherNumber, .enclosingMark, .spaceSeparator,
      .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .connectorPunctuation,
      .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return .freeformOnly
    default: return .disallowed
    }
  }

  /// RFC 5892 section 2.6.
  private static func exception(_ value: UInt32) -> Property? {
    switch value {
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: .valid
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9: .contextual
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: .disallowed
    default: nil
    }
  }

  /// RFC 5892 appendix A.
  private static func fitsContext(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalars[index].value {
    case 0x200C:
      return isVirama(before) || isArabicLetter(before) && isArabicLetter(after)
    case 0x200D: return isVirama(before)
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { isGreek($0.value) } ?? false
    case 0x5F3, 0x5F4: return before.map { (0x590...0x5FF).contains($0.value) } ?? false
    case 0x30FB:
      return scalars.contains {
        WrittenScalar.isHan($0) || (0x3041...0x309F).contains($0.value)
          || (0x30A1...0x30FA).contains($0.value) || (0x30FC...0x30FF).contains($0.value)
      }
    case 0x660...0x669: return !scalars.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !scalars.contains { (0x660...0x669).contains($0.value) }
    default: return false
    }
  }

  private static func isVirama(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.canonicalCombiningClass == .virama
  }

  private static func isArabicLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map {
      (0x620...0x8FF).contains($0.value) && $0.properties.generalCategory == .otherLetter
    } ?? false
  }

  private static func isGreek(_ value: UInt32) -> Bool {
    (0x370...0x3FF).contains(value) || (0x1F00...0x1FFF).contains(value)
  }

  private static func isOldHangulJamo(_ value: UInt32) -> Bool {
    (0x1100...0x11FF).contains(value) || (0xA960...0xA97F).contains(value)
      || (0xD7B0...0xD7FF).contains(value)
  }

  private static func isNoncharacter(_ value: UInt32) -> Bool {
    (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
  }
}
