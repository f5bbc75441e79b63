/// One source searched, with its outcome (S6.4).
public struct SearchStep: Hashable, Sendable {
  /// Where.
  public let source: SearchSource
  /// Whether she was there.
  public let found: Bool
  /// What was seen.
  public let note: String

  /// A step of a search.
  public init(source: SearchSource, found: Bool, note: String = "") {
    self.source = source
    self.found = found
    self.note = note
  }
}
