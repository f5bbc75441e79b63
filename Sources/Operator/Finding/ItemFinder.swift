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
    let typed = try names.map { name in
      guard let typed = ItemName.read(name) else {
        throw ProgramFailure(
          .badInput, "item", chinese: "“\(name)”不是编号：请用列表中的八位编号",
          english: "\(name) is no item's id; use the eight digits of a list")
      }
      return (name, typed)
    }
    var known: [[UInt8]] = []
    let needsList = typed.contains { if case .ending = $0.1 { true } else { false } }
    if needsList {
      for box in [Box.in, .out] {
        known += try await node.items(in: box, state: nil, limit: nil).map(\.id)
      }
    }
    let all = Set(known)
    return try typed.map { name, typed in
      if case .whole(let id) = typed { return id }
      let matches = all.filter(typed.matches)
      if let only = matches.first, matches.count == 1 { return only }
      throw matches.isEmpty
        ? ProgramFailure(
          .refused, "no-such-item", chinese: "没有编号以 \(name) 结尾的信息",
          english: "no item's id ends in \(name)")
        : ProgramFailure(
          .badInput, "ambiguous-item", chinese: "编号 \(name) 不唯一，请多写几位",
          english: "several ids end in \(name); write more digits")
    }
  }
}
