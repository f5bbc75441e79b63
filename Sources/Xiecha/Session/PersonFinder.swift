import ExchangeProtos
import Presentation
import RPC

/// Finds the persons that an operator names by the end of their ids, among those that the reviews
/// list; a person that no review lists is named by her whole id, or by one of her items.
struct PersonFinder: Sendable {
  let node: NodeSession

  /// The persons of the names, in their order.
  func persons(_ names: [String]) async throws -> [[UInt8]] {
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
  func id(ofItemOrPerson name: String) async throws -> [UInt8] {
    if case .whole(let id) = try PersonFinder.typed(name) { return id }
    do {
      return try await ItemFinder(node: node).ids(of: [name]).first ?? []
    } catch let failure as ProgramFailure where failure.reason == "no-such-item" {
      return try await persons([name]).first ?? []
    }
  }

  private func listed() async throws -> Set<[UInt8]> {
    let request = ReviewRequest()
    var ids = Set(try await node.all(Records.duplicates, request).flatMap(\.persons).map(\.id))
    for entry in try await node.all(Records.withoutNumber, request) {
      if let person = entry.person { ids.insert(person.id) }
    }
    for entry in try await node.all(Records.defects, request) {
      if let person = entry.person { ids.insert(person.id) }
    }
    return ids
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
        .refused, "no-such-person", chinese: "清单中没有编号以 \(name) 结尾的人员，请写完整编号",
        english: "no person of the reviews has an id that ends in \(name); write the whole id")
      : ProgramFailure(
        .badInput, "ambiguous-person", chinese: "编号 \(name) 不唯一，请多写几位",
        english: "several ids end in \(name); write more digits")
  }
}

extension NodeSession {
  /// All replies of a stream.
  func all<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>, _ request: Request
  ) async throws -> [Reply] {
    var replies: [Reply] = []
    for try await reply in await connection.stream(method, request) { replies.append(reply) }
    return replies
  }
}
