/// A path of the desk itself, to go to after something is done.
enum LocalPath {
  /// Bytes of the longest.
  private static let bytes = 1_000

  /// The path that a form or an address names, if it can be nothing but one of the desk.
  ///
  /// `//host` and `/\host` are another's in some browsers, so nothing but plain signs stands in it.
  static func read(_ text: String, otherwise: String = "/") -> String {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x5c }
    guard text.hasPrefix("/"), !text.hasPrefix("//"), isPlain, text.utf8.count <= bytes else {
      return otherwise
    }
    return text
  }
}
