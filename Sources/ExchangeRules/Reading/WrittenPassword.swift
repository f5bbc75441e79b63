/// The reading of a password: the profile `OpaqueString` of RFC 8265 section 4.2.
///
/// One password typed on two systems is one: macOS writes é as two characters, Windows as one. Width
/// and case stay as they are.
public enum WrittenPassword {
  /// The password in form C, each space of another script a plain one.
  ///
  /// - Throws: ``ReadingReason/forbiddenCharacter`` for a character that the class `FreeformClass` of
  ///   RFC 8264 has not (a control, one that nobody sees), ``ReadingReason/nothingWritten`` for an
  ///   empty one.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    if written.isEmpty { throw ReadingRefusal(.nothingWritten) }
    if written.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return Reading(written) }
    var changes: ReadingChanges = []
    let scalars = written.unicodeScalars.map { scalar -> Unicode.Scalar in
      guard !scalar.isASCII, scalar.properties.generalCategory == .spaceSeparator else {
        return scalar
      }
      changes.insert(.blanks)
      return " "
    }
    let spaced = WrittenText.string(scalars)
    let password = CanonicalForm.composed(spaced)
    if !CanonicalForm.isSame(password, spaced) { changes.insert(.composition) }
    guard PrecisClass.isFreeform(password) else { throw ReadingRefusal(.forbiddenCharacter) }
    return Reading(password, changes: changes)
  }
}
