public import ExchangeRules

/// A row of a case file that is complete and right: what an item is made from.
public struct CaseRow: Sendable, Hashable {
  /// The line of the file where the row starts, from 1.
  public var line: Int
  /// The item's id: a UUIDv7 that the same row gives again (see ``ItemIdentity``).
  public var id: [UInt8]
  /// Assist request or service notice (S4).
  public var kind: ItemKind
  /// The category (S3).
  public var category: ExchangeRules.Category
  /// The county that asks or notifies (S2.1).
  public var from: DivisionCode
  /// The county that answers.
  public var to: DivisionCode
  /// The woman's name.
  public var name: String
  /// Eighteen characters, or as typed where a doubtful number is kept; empty for a person without.
  public var citizenID: String
  /// Why the number is missing, or kept though doubtful.
  public var noCitizenIDReason: String
  /// Birth date, sex and the facts of S1.2.
  ///
  /// Birth date and sex come from the number where the file does not say.
  public var facts: SubjectFacts
  /// 现居住地.
  public var residence: CaseAddress
  /// 户籍地, to the village (S6.7).
  public var household: CaseAddress
  /// As written.
  public var telephone: String
  /// The day of the event notified (S4.3).
  public var occurred: CivilDate?
  /// The day of entry, where the file says.
  public var registered: CivilDate?
  /// What an assist request asks to check.
  public var checkItems: [CheckItem]
  /// The question, in words.
  public var question: String
  /// 备注.
  public var remark: String
  /// The fields of the category's typed record, by their keys.
  public var record: [String: RecordFieldValue]
  /// What reading changed, in the order of the columns.
  public var changes: [Change] = []

  /// What reading changed in a cell.
  public struct Change: Sendable, Hashable {
    /// The column's heading, as it stands in the file.
    public var heading: String
    /// The changes; not empty.
    public var made: ReadingChanges
  }
}
