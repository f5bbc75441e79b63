/// One field of a record: its name on the wire, what an operator sees, and what it may hold.
public struct RecordFieldSchema: Hashable, Sendable {
  /// The name in lowerCamelCase, as in the messages on the wire.
  public let name: String
  /// What an operator sees; the Chinese is also the heading of the column in a case file.
  public let label: BilingualText
  /// What it may hold.
  public let type: RecordFieldType
  /// Whether a record without it is refused.
  public let isRequired: Bool

  init(name: String, chinese: String, english: String, type: RecordFieldType, isRequired: Bool) {
    self.name = name
    label = BilingualText(chinese: chinese, english: english)
    self.type = type
    self.isRequired = isRequired
  }
}
