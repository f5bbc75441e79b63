import Synchronization

/// A statement of the hot path: found by its place in an array.
///
/// Looking a long text up by its hash, as for the other statements, costs a tenth of the insert.
final class HotSQL: Sendable {
  private static let count = Atomic<Int>(0)

  let text: String
  let place: Int

  init(_ text: String) {
    self.text = text
    place = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
  }
}
