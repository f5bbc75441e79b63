public import ExchangeRules

/// A value of a record as people write it: in a cell, or on a command line.
public enum RecordCell {
  /// The value of a field, by its type and name.
  ///
  /// Lengths and ranges are left to the schema.
  public static func read(
    _ written: String, of type: RecordFieldType, named name: String, tables: CodeTables
  ) throws(ReadingRefusal) -> Reading<RecordFieldValue> {
    switch type {
    case .text: return try text(written, of: name)
    case .date:
      let date = try WrittenDate.read(written)
      return Reading(.date(date.value.yyyymmdd), changes: date.changes)
    case .flag:
      let flag = try WrittenChoice.yesNo.read(written)
      return Reading(.flag(flag.value), changes: flag.changes)
    case .count:
      let count = try WrittenAmount.count(written)
      return Reading(.count(count.value), changes: count.changes)
    case .money:
      let fen = try WrittenAmount.fen(written)
      return Reading(.money(fen.value), changes: fen.changes)
    case .code(let table):
      let code = WrittenCode.read(written)
      let words = WrittenText.read(written)
      guard
        let entry = tables[table]?.entry(written: code.value)
          ?? tables[table]?.entry(written: words.value)
      else {
        throw ReadingRefusal(
          .unknownValue, choices: tables[table]?.entries.map { "\($0.code) \($0.name)" } ?? [])
      }
      return Reading(.code(entry.code), changes: code.changes)
    case .division:
      let code = try WrittenDivision.read(written)
      return Reading(.text(code.value.description), changes: code.changes)
    case .numbers:
      // Only an assist request's record has a list, and its column is one of every case's.
      throw ReadingRefusal(.unknownValue)
    }
  }

  /// Words; a name, a number or a telephone of somebody else (a spouse, a child) as her own is read.
  private static func text(
    _ written: String, of name: String
  ) throws(ReadingRefusal) -> Reading<RecordFieldValue> {
    switch name {
    case "citizenId":
      let code = try WrittenCode.number(written)
      let number = CitizenIDReport.normalizing(code.value)
      return Reading(.text(number), changes: code.changes)
    case "telephone":
      let telephone = try WrittenTelephone.read(written)
      return Reading(.text(telephone.value), changes: telephone.changes)
    case "name":
      let name = try WrittenName.read(written)
      return Reading(.text(name.value), changes: name.changes)
    default:
      // A certificate's number typed into a spreadsheet suffers like a citizen ID number.
      if WrittenCode.isScientific(WrittenCode.read(written).value) {
        throw ReadingRefusal(.scientificNotation)
      }
      let words = WrittenText.read(written)
      return Reading(.text(words.value), changes: words.changes)
    }
  }
}
