internal import Presentation

/// What people name by the end of an id, as a list shows it.
enum NamedThing {
  case item
  case person
  case letter

  /// The ids of the names, in their order; the list is fetched only where a name is not a whole id.
  ///
  /// - Throws: ``Presentation/ProgramFailure`` for a name that is none, or not of one thing alone.
  func ids(
    of names: [String], among list: () async throws -> Set<[UInt8]>
  ) async throws -> [[UInt8]] {
    let typed = try names.map(typed)
    let needsList = typed.contains { if case .ending = $0 { true } else { false } }
    let listed = needsList ? try await list() : []
    return try zip(names, typed).map { name, typed in
      if case .whole(let id) = typed { return id }
      return try only(listed.filter(typed.matches), named: name)
    }
  }

  /// A name as a whole id, or the end of one.
  func typed(_ name: String) throws(ProgramFailure) -> ItemName.Typed {
    if let typed = ItemName.read(name) { return typed }
    switch self {
    case .item:
      throw ProgramFailure(
        .badInput, "item", chinese: "“\(name)”不是编号：请用列表中的八位编号",
        english: "\(name) is no item's id; use the eight digits of a list")
    case .person:
      throw ProgramFailure(
        .badInput, "person", chinese: "“\(name)”不是编号：请用清单中的八位编号",
        english: "\(name) is no id; use the eight digits of a list")
    case .letter:
      throw ProgramFailure(
        .badInput, "letter", chinese: "“\(name)”不是函件编号：请用清单中的八位编号",
        english: "\(name) is no letter's id; use the eight digits of a list")
    }
  }

  private func only(
    _ matches: Set<[UInt8]>, named name: String
  ) throws(ProgramFailure) -> [UInt8] {
    if let only = matches.first, matches.count == 1 { return only }
    guard matches.isEmpty else {
      throw ProgramFailure(
        .badInput, "ambiguous-\(self)",
        chinese: "编号 \(name) 不唯一，请多写几位",
        english: "several ids end in \(name); write more digits")
    }
    switch self {
    case .item:
      throw ProgramFailure(
        .refused, "no-such-item", chinese: "没有编号以 \(name) 结尾的信息",
        english: "no item's id ends in \(name)")
    case .person:
      throw ProgramFailure(
        .refused, "no-such-person", chinese: "登记中没有编号以 \(name) 结尾的人员；已并入他人的请写完整编号",
        english:
          "no person has an id that ends in \(name); one who is merged is named by the whole id")
    case .letter:
      throw ProgramFailure(
        .refused, "no-such-letter", chinese: "没有编号以 \(name) 结尾的函件；较早的请写完整编号",
        english: "no letter's id ends in \(name); an older one is named by the whole id")
    }
  }
}
