/// The reading of a division's code.
public enum WrittenDivision {
  /// The code of 6, 9 or 12 digits, also out of a spreadsheet that made a number of it and lost no
  /// digit.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<DivisionCode> {
    let number = try WrittenCode.number(written)
    guard let code = DivisionCode(number.value) else { throw ReadingRefusal(.notACode) }
    return number.then(code)
  }
}
