/// The values that a coded field may have.
public struct CodeTable: Hashable, Sendable {
  /// One value.
  public struct Entry: Hashable, Sendable {
    /// As it is stored, such as "21".
    public let code: String
    /// As an operator sees it, such as "初婚".
    public let name: String
    /// How well the value is known.
    public let confidence: Confidence
  }

  /// How well a value is known; whatever is not `sourced` or `checked` is to be marked as such.
  public enum Confidence: String, CaseIterable, Hashable, Sendable {
    /// From the text of the standard.
    case sourced
    /// Compared with the codes in use.
    case checked
    /// From the system of one town, 2011: other places may number otherwise.
    case local = "sourced(local)"
    /// Written down without a source at hand.
    case memory
  }

  /// The name that fields refer to, such as "marital_status".
  public let name: String
  /// The standard it is from, such as "GB/T 2261.2-2003".
  public let standard: String
  /// The values, in the order of the source.
  public internal(set) var entries: [Entry]

  /// Whether every value is from its standard or checked.
  public var isSourced: Bool {
    entries.allSatisfy { $0.confidence == .sourced || $0.confidence == .checked }
  }

  /// The value of a code.
  public func entry(code: String) -> Entry? {
    entries.first { $0.code == code }
  }

  /// The value that a case file names: by its code, or by its name as an operator sees it.
  ///
  /// A code whose leading zeros a spreadsheet has eaten ("1" for "001") is found when only one
  /// fits.
  public func entry(written text: String) -> Entry? {
    let trimmed = text.trimmingBlanks
    if let exact = entries.first(where: { $0.code == trimmed || $0.name == trimmed }) {
      return exact
    }
    guard let number = Int(trimmed), number >= 0 else { return nil }
    let fitting = entries.filter { Int($0.code) == number }
    return fitting.count == 1 ? fitting[0] : nil
  }
}
