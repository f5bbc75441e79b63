internal import CaseFile
public import ExchangeProtos
public import ExchangeRules
internal import Presentation

/// The fields of a record that say something.
public enum RecordText {
  /// Label and value of each field that says something, in the order of the schema.
  public static func lines(_ record: Record?, _ language: Language) -> [(String, String)] {
    guard let message = record?.message,
      let category = Category(rawValue: type(of: message).category)
    else { return [] }
    let schema = RecordSchema.of(category)
    return type(of: message).fields.compactMap { field in
      guard let value = message.value(of: field.name) else { return nil }
      let label = schema.field(field.name)?.label[language] ?? field.label
      return (label, text(value, of: field, language))
    }
  }

  /// The fields for programs, by their names.
  public static func fields(of message: any RecordMessage) -> [String: String] {
    var fields: [String: String] = [:]
    for field in type(of: message).fields {
      guard let value = message.value(of: field.name) else { continue }
      fields[field.name] = text(value, of: field, .chinese)
    }
    return fields
  }

  private static func text(
    _ value: RecordFieldValue, of field: RecordField, _ language: Language
  ) -> String {
    switch value {
    case .text(let text): text
    case .date(let date): Words.date(date)
    case .code(let code): CodeText.text(code, table: field.table, language)
    case .money(let fen): "¥\(fen / 100).\(fen % 100 / 10)\(fen % 10)"
    case .flag(let yes): language.word(yes ? .yes : .no)
    case .count(let count): String(count)
    case .numbers(let numbers):
      numbers.map { CheckItem(rawValue: Int($0))?.name ?? String($0) }.joined(separator: "、")
    }
  }
}
