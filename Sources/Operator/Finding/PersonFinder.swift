internal import ExchangeProtos
internal import Presentation

/// Finds the persons that an operator names by the end of their ids, in the register; one who counts
/// under another is found by her history, which lists the merges.
public struct PersonFinder: Sendable {
  private let node: NodeSession

  /// A finder among the persons of a node's register.
  public init(node: NodeSession) {
    self.node = node
  }

  /// The persons of the names, in their order.
  ///
  /// - Throws: ``Presentation/ProgramFailure`` for a name that is none, or is not of one person.
  public func persons(_ names: [String]) async throws -> [[UInt8]] {
    try await NamedThing.person.ids(of: names) {
      Set(try await node.all(Records.persons, ReviewRequest()).map(\.id))
    }
  }

  /// The item or, where no item has that name, the person.
  public func id(ofItemOrPerson name: String) async throws -> [UInt8] {
    if case .whole(let id) = try NamedThing.person.typed(name) { return id }
    do {
      return try await ItemFinder(node: node).ids(of: [name]).first ?? []
    } catch let failure as ProgramFailure where failure.reason == "no-such-item" {
      return try await persons([name]).first ?? []
    }
  }
}
