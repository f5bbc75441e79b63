internal import Glibc

/// The name of an element or attribute without its prefix: which one a program writes is its own
/// choice, and the two editions of the standard have different namespaces for the same names.
struct MarkupName {
  private let local: UnsafePointer<CChar>

  init(_ name: UnsafePointer<CChar>) {
    local = UnsafePointer(strrchr(name, 0x3A)).map { $0 + 1 } ?? name
  }

  static func == (name: MarkupName, word: StaticString) -> Bool {
    strcmp(name.local, UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// The attributes of an element, as long as its handler runs.
struct MarkupAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    self.pairs = pairs
  }

  /// The value of an attribute, where it stands.
  func value(of name: StaticString) -> UnsafePointer<CChar>? {
    guard var pair = pairs else { return nil }
    while let key = pair[0] {
      if MarkupName(key) == name { return pair[1] }
      pair += 2
    }
    return nil
  }

  func text(of name: StaticString) -> String? {
    value(of: name).map { String(cString: $0) }
  }

  /// A number of digits only, below 2³¹.
  func number(of name: StaticString) -> Int? {
    value(of: name).flatMap(MarkupAttributes.number)
  }

  /// Whether an attribute says yes.
  func flag(of name: StaticString) -> Bool {
    guard let value = value(of: name) else { return false }
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0
  }

  private static func number(_ text: UnsafePointer<CChar>) -> Int? {
    var number = 0
    var place = text
    while place.pointee != 0 {
      let digit = Int(place.pointee) - 0x30
      guard (0...9).contains(digit), number < 1 << 31 else { return nil }
      number = number * 10 + digit
      place += 1
    }
    return place == text ? nil : number
  }
}
