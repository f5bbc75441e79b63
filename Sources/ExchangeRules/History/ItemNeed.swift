/// What an item still needs, numbered as on disk.
public enum ItemNeed: Int, Hashable, Sendable {
  /// Nothing more.
  case nothing = 0
  /// That the other side takes it.
  case receipt = 1
  /// That the other side answers it.
  case feedback = 2
}
