/// The reading of a person's name, and the form in which two spellings of one name are equal.
public enum WrittenName {
  /// The name as it is kept: form C, one blank between words and none between Chinese characters,
  /// and U+00B7 for each dot that people write between the parts of a name.
  ///
  /// - Throws: ``ReadingReason/notAName`` where no letter is written, or a word such as 不详. An
  ///   empty text is no name, and no refusal: whether one is needed is for the rules.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    let text = WrittenText.read(written)
    if text.value.isEmpty { return text }
    if WrittenText.saysNothing(text.value) { throw ReadingRefusal(.notAName) }
    var changes = text.changes
    let scalars = Array(text.value.unicodeScalars)
    var kept: [Unicode.Scalar] = []
    for (index, scalar) in scalars.enumerated() {
      let next = scalars[(index + 1)...].first { !WrittenScalar.isBlank($0) }
      if WrittenScalar.isSpace(scalar) {
        guard let last = kept.last, last != " ", let next,
          !WrittenScalar.isHan(last) || !WrittenScalar.isHan(next),
          !isSeparator(last), !isSeparator(next)
        else {
          changes.insert(.blanks)
          continue
        }
        kept.append(" ")
      } else if WrittenScalar.isDot(scalar), scalar != "\u{B7}", let last = kept.last,
        WrittenScalar.isHan(last), next.map(WrittenScalar.isHan) == true
      {
        changes.insert(.lookAlike)
        kept.append("\u{B7}")
      } else {
        kept.append(scalar)
      }
    }
    return Reading(WrittenText.string(kept), changes: changes)
  }

  /// The letters and digits of a name in one width and one case: equal for the spellings of one
  /// name, whatever dots, spaces and marks stand between its parts, in any script (S12.3).
  public static func key(_ name: String) -> String {
    let letters = CanonicalForm.compatible(name).lowercased().unicodeScalars.filter { scalar in
      WrittenScalar.isWord(scalar) || isMark(scalar)
    }
    return CanonicalForm.composed(WrittenText.string(letters))
  }

  /// Whether two names that are not equal become equal when two characters change places, as in
  /// 王样例 and 王例样.
  public static func isTransposed(_ one: String, _ other: String) -> Bool {
    let (first, second) = (Array(key(one)), Array(key(other)))
    guard first.count == second.count else { return false }
    let places = first.indices.filter { first[$0] != second[$0] }
    return places.count == 2 && first[places[0]] == second[places[1]]
      && first[places[1]] == second[places[0]]
  }

  /// A dot between the parts of a name, around which no blank stands; a full stop ends an initial.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    WrittenScalar.isDot(scalar) && scalar != "."
  }

  /// Marks that belong to a letter: vowels of Tibetan, Uyghur and Indic scripts, accents.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: !WrittenScalar.isInvisible(scalar)
    default: false
    }
  }
}
