/// A written value as it is read, and what was changed in reading it.
public struct Reading<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public let value: Value
  /// What differs from the characters that were written; empty where nothing does.
  public let changes: ReadingChanges

  /// A value and its changes.
  public init(_ value: Value, changes: ReadingChanges = []) {
    self.value = value
    self.changes = changes
  }

  /// The same changes and one more step, which may add its own.
  func then<Next: Hashable & Sendable>(
    _ value: Next, adding more: ReadingChanges = []
  ) -> Reading<Next> {
    Reading<Next>(value, changes: changes.union(more))
  }
}

/// What reading a written value changes, so that it can be shown.
public struct ReadingChanges: OptionSet, Hashable, Sendable {
  /// The bits; no format of the product holds them.
  public let rawValue: UInt32

  /// A set of changes.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Blanks at the ends, or inside where they cannot belong.
  public static let blanks = ReadingChanges(rawValue: 1)
  /// Characters that nobody sees: without width, of direction, byte order marks.
  public static let invisible = ReadingChanges(rawValue: 1 << 1)
  /// An apostrophe or `="…"` with which a spreadsheet keeps a text.
  public static let armour = ReadingChanges(rawValue: 1 << 2)
  /// Full width made half width, or the other way round (UAX 11).
  public static let width = ReadingChanges(rawValue: 1 << 3)
  /// Normalisation form C (UAX 15).
  public static let composition = ReadingChanges(rawValue: 1 << 4)
  /// Capital and small letters.
  public static let letterCase = ReadingChanges(rawValue: 1 << 5)
  /// `.0`, or an exponent that lost no digit.
  public static let wholeNumber = ReadingChanges(rawValue: 1 << 6)
  /// A character that looks like the right one: × for X, • for ·.
  public static let lookAlike = ReadingChanges(rawValue: 1 << 7)
  /// A legacy number of 15 digits, in its form of 18.
  public static let upgraded = ReadingChanges(rawValue: 1 << 8)
  /// A time of day that was left out.
  public static let timeOfDay = ReadingChanges(rawValue: 1 << 9)
  /// A moment of another time zone, as the day that it was in China.
  public static let zone = ReadingChanges(rawValue: 1 << 10)
  /// A word that says that nothing is known, as nothing.
  public static let nothing = ReadingChanges(rawValue: 1 << 11)

  private static let all: [(change: ReadingChanges, word: String, label: BilingualText)] = [
    (.blanks, "blanks", BilingualText(chinese: "去掉空格", english: "blanks removed")),
    (
      .invisible, "invisible",
      BilingualText(chinese: "去掉看不见的字符", english: "invisible characters removed")
    ),
    (
      .armour, "armour",
      BilingualText(chinese: "去掉表格软件加的引号", english: "a spreadsheet's quotes removed")
    ),
    (.width, "width", BilingualText(chinese: "全角半角统一", english: "width made uniform")),
    (
      .composition, "composition",
      BilingualText(chinese: "字符编码统一（NFC）", english: "characters composed (NFC)")
    ),
    (.letterCase, "letterCase", BilingualText(chinese: "大小写统一", english: "case made uniform")),
    (
      .wholeNumber, "wholeNumber",
      BilingualText(chinese: "还原为整数", english: "written as a whole number again")
    ),
    (.lookAlike, "lookAlike", BilingualText(chinese: "更正形近字符", english: "look-alike replaced")),
    (.upgraded, "upgraded", BilingualText(chinese: "15位升为18位", english: "15 digits made 18")),
    (.timeOfDay, "timeOfDay", BilingualText(chinese: "略去时刻", english: "time of day left out")),
    (.zone, "zone", BilingualText(chinese: "换算为北京时间", english: "made China Standard Time")),
    (.nothing, "nothing", BilingualText(chinese: "视为未填写", english: "taken as not written")),
  ]

  private var parts: [(change: ReadingChanges, word: String, label: BilingualText)] {
    ReadingChanges.all.filter { contains($0.change) }
  }

  /// A stable word for each change, for programs.
  public var words: [String] { parts.map(\.word) }

  /// What an operator reads.
  public var label: BilingualText {
    BilingualText(
      chinese: parts.map(\.label.chinese).joined(separator: "、"),
      english: parts.map(\.label.english).joined(separator: ", "))
  }
}
