internal import ExchangeProtos
internal import Presentation

/// Finds the items that a person names by the end of their ids, among those the node lists.
public struct ItemFinder: Sendable {
  private let node: NodeSession

  /// A finder among the items of a node.
  public init(node: NodeSession) {
    self.node = node
  }

  /// The ids of the names, in their order.
  ///
  /// - Throws: ``Presentation/ProgramFailure`` for a name that is none, or is not of one item.
  public func ids(of names: [String]) async throws -> [[UInt8]] {
    try await NamedThing.item.ids(of: names) {
      var listed: Set<[UInt8]> = []
      for box in [Box.in, .out] {
        listed.formUnion(try await node.items(in: box, state: nil, limit: nil).map(\.id))
      }
      return listed
    }
  }
}
