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
  public func persons(_ names: [String]) async throws -> [[UInt8]] {
    let typed = try names.map(PersonFinder.typed)
    var known: Set<[UInt8]> = []
    if typed.contains(where: { if case .ending = $0 { true } else { false } }) {
      known = try await listed()
    }
    return try zip(names, typed).map { name, typed in
      if case .whole(let id) = typed { return id }
      return try PersonFinder.only(known.filter(typed.matches), named: name)
    }
  }

  /// The item or, where no item has that name, the person.
  public func id(ofItemOrPerson name: String) async throws -> [UInt8] {
    if case .whole(let id) = try PersonFinder.typed(name) { return id }
    do {
      return try await ItemFinder(node: node).ids(of: [name]).first ?? []
    } catch let failure as ProgramFailure where failure.reason == "no-such-item" {
      return try await persons([name]).first ?? []
    }
  }

  private func listed() async throws -> Set<[UInt8]> {
    Set(try await node.all(Records.persons, ReviewRequest()).map(\.id))
  }

  private static func typed(_ name: String) throws -> ItemName.Typed {
    guard let typed = ItemName.read(name) else {
      throw ProgramFailure(
        .badInput, "person", chinese: "“\(name)”不是编号：请用清单中的八位编号",
        english: "\(name) is no id; use the eight digits of a list")
    }
    return typed
  }

  private static func only(_ matches: Set<[UInt8]>, named name: String) throws -> [UInt8] {
    if let only = matches.first, matches.count == 1 { return only }
    throw matches.isEmpty
      ? ProgramFailure(
        .refused, "no-such-person", chinese: "登记中没有编号以 \(name) 结尾的人员；已并入他人的请写完整编号",
        english:
          "no person has an id that ends in \(name); one who is merged is named by the whole id")
      : ProgramFailure(
        .badInput, "ambiguous-person", chinese: "编号 \(name) 不唯一，请多写几位",
        english: "several ids end in \(name); write more digits")
  }
}
