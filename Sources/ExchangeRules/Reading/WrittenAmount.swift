/// The reading of amounts of money and counts of things.
public enum WrittenAmount {
  /// Yuan with at most two decimals, as fen: `1,234.5`, `¥1234.50元` and `1234.5` are 123450.
  public static func fen(_ written: String) throws(ReadingRefusal) -> Reading<Int64> {
    let code = WrittenCode.read(written)
    if WrittenCode.isScientific(code.value) { throw ReadingRefusal(.scientificNotation) }
    var text = code.value.filter { $0 != "," && $0 != "，" && $0 != "\u{A5}" && $0 != "￥" }
    if text.hasSuffix("元") { text.removeLast() }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, WrittenCode.isDigits(whole), whole.utf8.count <= 12,
      parts.count <= 2, let yuan = Int64(whole)
    else { throw ReadingRefusal(.notAnAmount) }
    guard parts.count == 2, let decimals = parts.last else { return code.then(yuan * 100) }
    guard WrittenCode.isDigits(decimals), decimals.utf8.count <= 2,
      let cents = Int64(decimals.utf8.count == 1 ? decimals + "0" : String(decimals))
    else { throw ReadingRefusal(.notAnAmount) }
    return code.then(yuan * 100 + cents)
  }

  /// A number of things, also as a spreadsheet writes it (`2.0`).
  public static func count(_ written: String) throws(ReadingRefusal) -> Reading<UInt32> {
    let number = try WrittenCode.number(written)
    guard WrittenCode.isDigits(number.value), let count = UInt32(number.value) else {
      throw ReadingRefusal(.notANumber)
    }
    return number.then(count)
  }
}
