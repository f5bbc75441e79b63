public import ExchangeRules

/// A value of a record as people write it: in a cell, or on a command line.
public enum RecordCell {
  /// A cell that is not what its column holds.
  struct Refusal: Error {
    let reason: RowReason
  }

  /// The value; nil where it is not what the field holds.
  ///
  /// Lengths and ranges are left to the schema.
  public static func value(
    _ written: String, of type: RecordFieldType, tables: CodeTables
  ) -> RecordFieldValue? {
    try? read(written, of: type, tables: tables).get()
  }

  /// The value, or why there is none.
  static func read(
    _ written: String, of type: RecordFieldType, tables: CodeTables
  ) -> Result<RecordFieldValue, Refusal> {
    let code = CellText.code(of: written)
    func refused(_ reason: RowReason) -> Result<RecordFieldValue, Refusal> {
      .failure(Refusal(reason: reason))
    }
    switch type {
    case .text:
      // A certificate's number typed into a spreadsheet suffers like a citizen ID number.
      return CellText.isScientific(code) ? refused(.scientificNotation) : .success(.text(written))
    case .date:
      return CellDate.parse(written).map { .date($0.yyyymmdd) }
        .mapError { Refusal(reason: $0.reason) }
    case .flag:
      return CaseRowBuilder.yesNo(code).map { .success(.flag($0)) } ?? refused(.unknownValue)
    case .count:
      return UInt32(code).map { .success(.count($0)) } ?? refused(.notANumber)
    case .money:
      return fen(code).map { .success(.money($0)) } ?? refused(.notAnAmount)
    case .code(let table):
      let entry = tables[table]?.entry(written: code) ?? tables[table]?.entry(written: written)
      return entry.map { .success(.code($0.code)) } ?? refused(.unknownValue)
    case .division:
      return DivisionCode(code).map { .success(.text($0.description)) }
        ?? refused(.unknownDivision)
    case .numbers:
      // Only an assist request's record has a list, and its column is one of every case's.
      return refused(.unknownValue)
    }
  }

  /// Yuan with at most two decimals, as fen: `1,234.5` and `¥1234.50元` are 123450.
  private static func fen(_ code: String) -> Int64? {
    var text = code.filter { $0 != "," && $0 != "，" && $0 != "¥" && $0 != "￥" }
    if text.hasSuffix("元") { text.removeLast() }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, CellText.isDigits(whole), whole.utf8.count <= 12,
      parts.count <= 2, let yuan = Int64(whole)
    else { return nil }
    guard parts.count == 2, let decimals = parts.last else { return yuan * 100 }
    guard CellText.isDigits(decimals), decimals.utf8.count <= 2,
      let cents = Int64(decimals.utf8.count == 1 ? decimals + "0" : String(decimals))
    else { return nil }
    return yuan * 100 + cents
  }
}
