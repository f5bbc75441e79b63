/// G3: names and numbers as they are shown to whoever does not need them whole.
public enum Masking {
  /// A name: the first character stays, each further one becomes `*`.
  public static func name(_ name: String) -> String {
    guard let first = name.first else { return "" }
    return String(first) + String(repeating: "*", count: max(1, name.count - 1))
  }

  /// A number: the division and the last character stay, what identifies becomes `*`.
  ///
  /// A text that is not long enough to be a number is masked whole.
  public static func citizenID(_ number: String) -> String {
    let count = number.count
    guard count >= 15, let last = number.last else {
      return String(repeating: "*", count: count)
    }
    return number.prefix(6) + String(repeating: "*", count: count - 7) + String(last)
  }

  /// A telephone number: the last four digits stay.
  public static func telephone(_ number: String) -> String {
    let count = number.count
    guard count > 4 else { return String(repeating: "*", count: count) }
    return String(repeating: "*", count: count - 4) + number.suffix(4)
  }
}
