public import ExchangeRules

/// A column that a case file can have for the typed record of a category (S3).
///
/// The caller describes them, so that this module need not know how records are stored or sent.
public struct CaseColumn: Sendable, Hashable {
  /// What a cell of the column holds.
  public enum Content: Sendable, Hashable {
    /// Text of at most so many UTF-8 bytes.
    case text(maximumBytes: Int)
    /// A date in one of the forms of ``CellDate``.
    case date
    /// 是 or 否.
    case yesNo
    /// A whole number within bounds.
    case number(ClosedRange<Int64>)
    /// An amount in yuan with at most two decimals; kept in fen.
    case money
    /// One of a list of codes, written as the code or as its name.
    case code([CodeName])
  }

  /// A value of a code table.
  public struct CodeName: Sendable, Hashable {
    /// The code, as it is stored.
    public var code: String
    /// The Chinese name, as people write it.
    public var name: String

    /// A code with its name.
    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  /// The category whose record the column belongs to.
  public var category: ExchangeRules.Category
  /// The field's name within the record.
  public var key: String
  /// The Chinese heading.
  public var heading: String
  /// Other headings that mean the same.
  public var synonyms: [String]
  /// What its cells hold.
  public var content: Content
  /// Whether a row of this category is refused without it.
  public var isMandatory: Bool

  /// Describes a column.
  public init(
    category: ExchangeRules.Category, key: String, heading: String, synonyms: [String] = [],
    content: Content, isMandatory: Bool = false
  ) {
    self.category = category
    self.key = key
    self.heading = heading
    self.synonyms = synonyms
    self.content = content
    self.isMandatory = isMandatory
  }
}
