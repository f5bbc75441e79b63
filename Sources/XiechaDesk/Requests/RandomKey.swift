/// A key that nobody can guess: what a cookie holds, and what a form proves itself by.
enum RandomKey {
  /// Bytes from the system's generator: 256 bits.
  private static let bytes = 32

  /// A new key, in hexadecimal.
  static func make() -> String {
    var system = SystemRandomNumberGenerator()
    return (0..<bytes).map { _ in
      let byte = UInt8.random(in: .min ... .max, using: &system)
      return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// Whether two are the same; how long it takes tells nothing of where they differ.
  static func equal(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
