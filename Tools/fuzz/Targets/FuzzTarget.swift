/// A parser of bytes that anybody may send, and what it must hold for all of them.
///
/// That nothing traps and nothing is read out of bounds is for the sanitizer to see; the rest is a
/// ``BrokenProperty``.
public struct FuzzTarget: Sendable {
  /// The folder of the corpus.
  public let name: String
  private let feed: @Sendable ([UInt8]) throws(BrokenProperty) -> Void

  /// Names what feeds one input.
  public init(
    _ name: String, _ feed: @escaping @Sendable ([UInt8]) throws(BrokenProperty) -> Void
  ) {
    self.name = name
    self.feed = feed
  }

  /// Feeds one input.
  public func run(_ input: [UInt8]) throws(BrokenProperty) { try feed(input) }
}
