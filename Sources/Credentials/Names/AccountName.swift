internal import ExchangeRules

/// Which names an account can have, and how they travel.
///
/// A name is one that ``ExchangeRules/WrittenAccountName`` takes; accounts have it as that reads it.
public enum AccountName {
  /// The longest name, in bytes of UTF-8: twenty Chinese characters and a bit.
  public static let longestBytes = 64

  /// Whether a text can be a name, in whatever width and case.
  public static func isValid(_ name: String) -> Bool { read(name) != nil }

  /// The name that an account has which is written like this; nil where none can.
  public static func read(_ name: String) -> String? {
    guard (1...longestBytes).contains(name.utf8.count),
      let reading = try? WrittenAccountName.read(name), reading.value.utf8.count <= longestBytes
    else { return nil }
    return reading.value
  }

  /// A name as a `saslname` (RFC 5802 section 7): comma and equals sign written as `=2C`, `=3D`.
  static func escape(_ name: String) -> [UInt8] {
    name.utf8.flatMap { byte in
      switch byte {
      case UInt8(ascii: ","): Array("=2C".utf8)
      case UInt8(ascii: "="): Array("=3D".utf8)
      default: [byte]
      }
    }
  }

  /// The name that a `saslname` stands for; nil where it is malformed or no name at all.
  static func unescape(_ text: some Collection<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      let code = Array(rest.prefix(2))
      rest = rest.dropFirst(2)
      switch code {
      case Array("2C".utf8): bytes.append(UInt8(ascii: ","))
      case Array("3D".utf8): bytes.append(UInt8(ascii: "="))
      default: return nil
      }
    }
    guard let name = String(validating: bytes, as: UTF8.self), isValid(name) else { return nil }
    return name
  }
}
