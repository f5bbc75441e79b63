/// The reading of one of a few values: a table of each value, its name, and the other words that
/// offices write for it.
public struct WrittenChoice<Value: Hashable & Sendable>: Sendable {
  private let words: [String: Value]
  /// The values' names, in the order in which a refusal shows them.
  public let choices: [String]

  /// A choice among values; the first word of each is its name.
  public init(_ values: [(value: Value, words: [String])]) {
    var words: [String: Value] = [:]
    for (value, spellings) in values {
      for word in spellings { words[Self.key(word), default: value] = value }
    }
    self.words = words
    choices = values.compactMap(\.words.first)
  }

  /// The value that is written, whatever its width, case and blanks.
  ///
  /// - Throws: ``ReadingReason/unknownValue`` with the choices.
  public func read(_ written: String) throws(ReadingRefusal) -> Reading<Value> {
    let code = WrittenCode.read(written)
    guard let value = words[code.value] ?? words[Self.key(code.value)] else {
      throw ReadingRefusal(.unknownValue, choices: choices)
    }
    return code.then(value)
  }

  private static func key(_ word: String) -> String {
    WrittenCode.read(word).value.lowercased()
  }
}

extension WrittenChoice where Value == Bool {
  /// Yes or no.
  public static let yesNo = WrittenChoice([
    (
      true, ["是", "有", "对", "1", "y", "yes", "t", "true", "√", "✓", "✔", "☑", "✅", "v", "on"]
    ),
    (
      false,
      [
        "否", "无", "没有", "不是", "不", "0", "2", "n", "no", "f", "false", "×", "✗", "✘", "☒", "✖",
        "off",
      ]
    ),
  ])

  /// Whether she is pregnant now, also in the words of the vendors' dictionary (现孕一孩, 现孕二孩).
  public static let pregnant = WrittenChoice([
    (
      true,
      [
        "是", "有", "现孕", "怀孕", "已孕", "在孕", "孕", "现孕一孩", "现孕二孩", "现孕三孩", "现孕多孩", "1", "y", "yes",
        "true", "√", "✓", "✔", "☑", "✅",
      ]
    ),
    (
      false,
      [
        "否", "无", "没有", "未孕", "未怀孕", "没怀孕", "不是", "未现孕", "0", "2", "n", "no", "false", "×", "✗",
        "✘",
        "☒", "✖",
      ]
    ),
  ])
}
