internal import CaseFile
public import ExchangeProtos
public import ExchangeRules
internal import Presentation
internal import ReferenceData

/// A typed record from what an operator writes on the command line: `婚姻状况=初婚`.
public enum RecordDraft {
  /// The record of a category; the answer to a list of things to check is a basic record.
  public static func record(
    _ texts: [String], of category: Category
  ) throws -> Record? {
    if texts.isEmpty { return nil }
    let category = category == .assist ? .basic : category
    guard var message = Record.messageType(category: category.rawValue)?.init() else { return nil }
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let field = RecordSchema.of(category).field(heading: parts[0]) else {
        throw ProgramFailure(
          .badInput, "unknown-field", chinese: "“\(text)”：“\(category.label.chinese)”没有此项",
          english: "\(text): \(category.word) has no such field; write FIELD=VALUE")
      }
      do throws(ReadingRefusal) {
        let value = try RecordCell.read(
          parts[1], of: field.type, named: field.name, tables: .national
        ).value
        _ = message.set(value, of: field.name)
      } catch {
        throw ProgramFailure(
          .badInput, "bad-value",
          chinese:
            "“\(field.label.chinese)”不能是“\(parts[1])”：\(error.text.chinese)；\(error.remedy.chinese)",
          english:
            "\(field.label.english) cannot be \(parts[1]): \(error.text.english); "
            + error.remedy.english)
      }
    }
    return message.record
  }
}
