/// The reading of words: what a spreadsheet, a keyboard or a chat program puts around a text is
/// taken off, and nothing of the text.
public enum WrittenText {
  /// The text in normalisation form C, without blanks at its ends, invisible characters, and the
  /// apostrophe or `="…"` with which a spreadsheet keeps a text.
  ///
  /// Spaces inside stay, as plain ones; full width stays. Marks that shape the character before
  /// them (variants of a Chinese character, the joiners of Arabic scripts) stay too.
  public static func read(_ written: String) -> Reading<String> {
    if isPlain(written) { return Reading(written) }
    var changes: ReadingChanges = []
    var scalars: [Unicode.Scalar] = []
    for scalar in written.unicodeScalars {
      if WrittenScalar.isInvisible(scalar),
        !WrittenScalar.shapes(scalar, after: scalars.last)
      {
        changes.insert(.invisible)
      } else if !scalar.isASCII, scalar.value != 0x3000, WrittenScalar.isSpace(scalar) {
        changes.insert(.blanks)
        scalars.append(" ")
      } else {
        scalars.append(scalar)
      }
    }
    var text = trimmed(scalars[...], &changes)
    if text.starts(with: "=\"".unicodeScalars), text.last == "\"", text.count >= 3,
      !text.dropFirst(2).dropLast().contains("\"")
    {
      changes.insert(.armour)
      text = trimmed(text.dropFirst(2).dropLast(), &changes)
    }
    if let first = text.first, apostrophes.contains(first) {
      changes.insert(.armour)
      text = trimmed(text.dropFirst(), &changes)
    }
    let joined = string(text)
    let composed = CanonicalForm.composed(joined)
    if !CanonicalForm.isSame(joined, composed) { changes.insert(.composition) }
    return Reading(composed, changes: changes)
  }

  /// Whether nothing readable is written: blanks of any script and invisible characters only.
  public static func isBlank(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy(WrittenScalar.isBlank)
  }

  /// Whether a text that has to say something says nothing: no letter and no digit in it, or only a
  /// word that offices write to get past a check, such as 不详, 同上 or 无 (S6.3, S6.7).
  public static func saysNothing(_ text: some StringProtocol) -> Bool {
    var words: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars where WrittenScalar.isWord(scalar) {
      // Longer than any of the words that say nothing.
      if words.count == longestPlaceholder { return false }
      words.append(scalar)
    }
    return words.isEmpty || placeholders.contains(string(words).lowercased())
  }

  /// The text without blanks and invisible characters at its ends.
  static func trimmed(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !WrittenScalar.isBlank($0) }),
      let last = scalars.lastIndex(where: { !WrittenScalar.isBlank($0) })
    else { return "" }
    return string(scalars[first...last])
  }

  static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{FF07}", "`"]

  /// What stands where somebody did not know, or did not want to write it again.
  private static let placeholders: Set<String> = [
    "不详", "不明", "不知", "不知道", "不清楚", "未知", "无", "没有", "同上", "同前", "同左", "同户籍地", "同户籍地址",
    "同现居住地", "同现住址", "同居住地", "略", "暂无", "未填", "空", "待查", "待补", "na", "none", "null", "nil",
    "unknown", "ditto",
  ]

  private static let longestPlaceholder =
    placeholders.map(\.unicodeScalars.count).max() ?? 0

  /// Most cells: Chinese characters and ASCII, beginning and ending with one or with a letter or digit.
  private static func isPlain(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return true }
    return isPlainWord(first) && isPlainWord(last)
      && scalars.allSatisfy {
        (0x20..<0x7F).contains($0.value) || $0 == "\n" || WrittenScalar.isCommonHan($0)
      }
  }

  /// Whether reading takes nothing off a text and changes nothing in it, as words and as a code:
  /// letters, digits and signs of ASCII and Chinese characters, without blanks.
  static func isPlainCode(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return true }
    return isPlainWord(first) && isPlainWord(last)
      && scalars.allSatisfy {
        (0x21..<0x7F).contains($0.value) || WrittenScalar.isCommonHan($0)
      }
  }

  private static func isPlainWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: WrittenScalar.isCommonHan(scalar)
    }
  }

  private static func trimmed(
    _ scalars: ArraySlice<Unicode.Scalar>, _ changes: inout ReadingChanges
  ) -> ArraySlice<Unicode.Scalar> {
    guard let first = scalars.firstIndex(where: { !WrittenScalar.isSpace($0) }),
      let last = scalars.lastIndex(where: { !WrittenScalar.isSpace($0) })
    else {
      if !scalars.isEmpty { changes.insert(.blanks) }
      return []
    }
    if first > scalars.startIndex || last < scalars.endIndex - 1 { changes.insert(.blanks) }
    return scalars[first...last]
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
