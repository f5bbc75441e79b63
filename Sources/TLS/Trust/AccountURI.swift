/// How a person's certificate names an account: in hexadecimal UTF-8, since a URI has no Chinese.
enum AccountURI {
  /// What stands before the account.
  static let prefix = "xiecha:account:"

  /// The URI of an account.
  static func uri(_ account: String) -> String {
    let digits = Array("0123456789abcdef")
    return account.utf8.reduce(into: AccountURI.prefix) { uri, byte in
      uri.append(digits[Int(byte >> 4)])
      uri.append(digits[Int(byte & 15)])
    }
  }

  /// The account of a URI that has the prefix; nil where it names none.
  static func account(_ uri: String) -> String? {
    let digits = uri.utf8.dropFirst(AccountURI.prefix.utf8.count).map {
      Character(UnicodeScalar($0)).hexDigitValue
    }
    guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
