/// On whose divisions a role may call a method.
public enum Scope: UInt8, Sendable, Hashable, CaseIterable {
  /// The caller's own division.
  case ownDivision = 1
  /// The caller's own division and all that belong to it.
  case ownAndBelow = 2
  /// Any division.
  case anyDivision = 3
  /// The link of one node: it speaks for its own division, and each item's way is checked besides.
  case node = 4

  /// Whether the scope of a caller reaches a division.
  ///
  /// Codes have 2 to 12 digits; what is no code is not reached.
  public func covers(caller: String, target: String) -> Bool {
    switch self {
    case .anyDivision: true
    case .ownDivision, .node: !caller.isEmpty && caller == target
    case .ownAndBelow:
      Scope.significantDigits(caller).map { target.utf8.starts(with: $0) } ?? false
    }
  }

  /// The digits that the codes of a division and of all below it begin with, such as `35` for
  /// `350000`; nil for what is no code.
  public static func digits(below division: String) -> String? {
    significantDigits(division).flatMap { String(Substring($0)) }
  }

  /// The digits of a code that those below it share: `350000` gives `35`, `350425101000` gives
  /// `350425101`.
  ///
  /// Levels have 2, 4, 6, 9 and 12 digits (GB/T 2260, GB/T 10114).
  static func significantDigits(_ code: String) -> Substring.UTF8View? {
    let isCode =
      (2...12).contains(code.utf8.count)
      && code.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isCode else { return nil }
    var digits = code.utf8[...]
    for (length, step) in [(12, 3), (9, 3), (6, 2), (4, 2)] where digits.count == length {
      guard digits.suffix(step).allSatisfy({ $0 == UInt8(ascii: "0") }) else { break }
      digits = digits.dropLast(step)
    }
    return digits.isEmpty || digits.elementsEqual("00".utf8) ? nil : Substring(digits).utf8
  }
}
