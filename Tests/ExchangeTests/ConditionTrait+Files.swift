import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// What takes a store away or puts a copy in its place: copies of a ledger on a server are its people's.
  static var aboutFiles: Self {
    .enabled(if: TestStore.server == nil, "a ledger on a server is not copied by the node")
  }
}
