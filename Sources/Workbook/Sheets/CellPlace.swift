/// Where a cell stands, as people name it: `C7`.
public struct CellPlace: Sendable, Hashable, CustomStringConvertible {
  /// From 0.
  public var column: Int
  /// From 1.
  public var row: Int

  /// A place.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// Reads `C7`, also with the signs that fix a place: `$C$7`; nil for anything else.
  init?(_ text: some Sequence<UInt8>) {
    var (letters, digits) = (0, 0)
    for byte in text where byte != 0x24 {
      switch byte {
      case 0x41...0x5A where digits == 0: letters = letters * 26 + Int(byte) - 0x40
      case 0x30...0x39 where letters > 0: digits = digits * 10 + Int(byte) - 0x30
      default: return nil
      }
      if letters > 1 << 20 || digits > 1 << 24 { return nil }
    }
    guard letters > 0, digits > 0 else { return nil }
    self.init(column: letters - 1, row: digits)
  }

  /// As a spreadsheet shows it.
  public var description: String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return "\(letters)\(row)"
  }
}
