internal import ExchangeRules

/// How people name an item: by its UUID, or by the UUID's last eight digits, which are random where
/// the first ones are a time that many items share.
public enum ItemName {
  /// Hexadecimal digits of the short form.
  public static let shortDigits = 8

  /// The UUID in its usual form, or its bytes in hexadecimal where there are not sixteen.
  public static func full(_ id: [UInt8]) -> String {
    let digits = id.flatMap { [hex(Int($0 >> 4)), hex(Int($0 & 15))] }
    guard id.count == 16 else { return String(digits) }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  /// The last eight digits.
  public static func short(_ id: [UInt8]) -> String {
    String(full(id).suffix(shortDigits))
  }

  /// What a person typed: a whole id, or the end of one.
  public enum Typed: Sendable, Hashable {
    /// All sixteen bytes.
    case whole([UInt8])
    /// At least four hexadecimal digits that an id ends in.
    case ending(String)

    /// Whether it names this item.
    public func matches(_ id: [UInt8]) -> Bool {
      switch self {
      case .whole(let bytes): bytes == id
      case .ending(let digits):
        ItemName.full(id).filter { $0 != "-" }.hasSuffix(digits)
      }
    }
  }

  /// Reads what a person typed; nil where it can be no item's name.
  public static func read(_ text: String) -> Typed? {
    let digits = WrittenCode.read(text).value.lowercased().filter { $0 != "-" }
    guard digits.utf8.count == digits.count,
      digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), (4...32).contains(digits.count)
    else { return nil }
    guard digits.count == 32 else { return .ending(digits) }
    var bytes: [UInt8] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return .whole(bytes)
  }

  private static func hex(_ value: Int) -> Character {
    value < 10
      ? Character(Unicode.Scalar(UInt8(0x30 + value)))
      : Character(Unicode.Scalar(UInt8(0x61 + value - 10)))
  }
}
