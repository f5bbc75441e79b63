public import ExchangeRules

/// The typed record of an information category (S3), with access to its fields by name, so that
/// import, screens and validation are written once for all eleven.
public protocol RecordMessage: ProtoMessage {
  /// The category's number, 1 to 11.
  static var category: Int { get }
  /// The fields, in the order of the form.
  static var fields: [RecordField] { get }
  /// The value of a field; nil where it is absent, or where no field has that name.
  func value(of name: String) -> RecordFieldValue?
  /// Sets a field; false, and nothing done, where name or kind fits no field. Length, range and
  /// code are not looked at: they are checked by who has the tables, and again on the wire.
  mutating func set(_ value: RecordFieldValue, of name: String) -> Bool
  /// Makes a field absent; false where no field has that name.
  mutating func clear(_ name: String) -> Bool
  /// The record as an item carries it.
  var record: Record { get }
}

extension RecordMessage {
  /// The field of that name.
  public static func field(_ name: String) -> RecordField? {
    fields.first { $0.name == name }
  }
}

extension Record {
  /// The record type of a category, 1 to 11.
  public static func messageType(category: Int) -> (any RecordMessage.Type)? {
    messageTypes.first { $0.category == category }
  }

  /// The number of the record's category; nil where there is no record.
  public var category: Int? {
    message.map { type(of: $0).category }
  }
}
