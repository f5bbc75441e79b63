/// The reading of an account's name: the profile `UsernameCaseMapped` of RFC 8265 section 3.3,
/// without spaces.
///
/// `Admin`, `ａｄｍｉｎ` and `admin` are one name.
public enum WrittenAccountName {
  /// The name as accounts have it: half width, small letters, form C.
  ///
  /// - Throws: ``ReadingReason/forbiddenCharacter`` for a character that the class `IdentifierClass`
  ///   of RFC 8264 has not (a space, a symbol, one that nobody sees), and for scripts of both
  ///   directions in one name (RFC 5893); ``ReadingReason/nothingWritten`` for an empty one.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    let narrow = try prepare(written)
    var changes = narrow.changes
    let lower = narrow.value.lowercased()
    if lower != narrow.value { changes.insert(.letterCase) }
    let name = CanonicalForm.composed(lower)
    if !CanonicalForm.isSame(name, lower) { changes.insert(.composition) }
    guard PrecisClass.isIdentifier(name), hasOneDirection(name) else {
      throw ReadingRefusal(.forbiddenCharacter)
    }
    return Reading(name, changes: changes)
  }

  /// The name as a caller sends it: half width; a node does the rest.
  ///
  /// - Throws: As ``read(_:)``.
  public static func prepare(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    if written.isEmpty { throw ReadingRefusal(.nothingWritten) }
    var changes: ReadingChanges = []
    let scalars = written.unicodeScalars.map { scalar -> Unicode.Scalar in
      guard let narrow = WrittenScalar.narrow(scalar) else { return scalar }
      changes.insert(.width)
      return narrow
    }
    let name = WrittenText.string(scalars)
    guard PrecisClass.isIdentifier(CanonicalForm.composed(name)) else {
      throw ReadingRefusal(.forbiddenCharacter)
    }
    return Reading(name, changes: changes)
  }

  /// RFC 5893 section 2, with directions told by blocks: a name with letters that run from right to
  /// left begins and ends with them (or digits), and has no letters that run the other way.
  private static func hasOneDirection(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    guard scalars.contains(where: runsLeft) else { return true }
    let letters = scalars.filter(WrittenScalar.isWord)
    let isDigit = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .decimalNumber
    }
    guard let first = scalars.first, runsLeft(first), let last = letters.last,
      scalars.last(where: { $0.properties.generalCategory != .nonspacingMark }) == last
    else { return false }
    return letters.allSatisfy { runsLeft($0) || isDigit($0) }
  }

  private static func runsLeft(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.properties.generalCategory == .otherLetter else { return false }
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return true
    default: return false
    }
  }
}
