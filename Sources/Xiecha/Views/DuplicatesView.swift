import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows persons that look like one, group by group.
struct DuplicatesView {
  let groups: [LookAlikes]

  func show(on console: Console) throws {
    if console.isJSON {
      for group in groups { try console.showJSON(Line(group)) }
      return
    }
    if groups.isEmpty {
      return console.say("没有疑似重复的人员", "no persons look like one")
    }
    for group in groups {
      let ground = DuplicateGround(rawValue: group.ground)?.label[console.language]
      console.show(["\(ground ?? group.ground)（S12.3）"])
      var table = TextTable(PersonText.columns(console))
      for person in group.persons { table.add(PersonText.cells(person)) }
      console.show(table)
      console.show([""])
    }
  }

  private struct Line: Encodable {
    var ground: String
    var persons: [PersonText.Line]

    init(_ group: LookAlikes) {
      ground = group.ground
      persons = group.persons.map(PersonText.Line.init)
    }
  }
}

/// Shows what a merge, or taking one back, did.
struct MergeView {
  let reply: MergeReply

  func show(on console: Console) throws {
    if console.isJSON {
      for merge in reply.merges { try console.showJSON(Line(merge, differing: reply.differing)) }
      return
    }
    for merge in reply.merges {
      let (merged, into) = (ItemName.short(merge.merged), ItemName.short(merge.into))
      if merge.undone == 0 {
        console.say("\(merged) 已并入 \(into)", "\(merged) counts under \(into) now")
      } else {
        console.say("\(merged) 与 \(into) 的合并已撤销", "\(merged) stands for itself again")
      }
    }
    let names = reply.differing.map { PersonField(rawValue: $0)?.label[console.language] ?? $0 }
    if !names.isEmpty {
      let list = names.joined(separator: console.text("、", ", "))
      console.say("两份不同、以保留者为准的项目：\(list)", "they differ in \(list); the kept one counts")
    }
  }

  private struct Line: Encodable {
    var merged: String
    var into: String
    var undone: Bool
    var differing: [String]

    init(_ merge: RegisteredMerge, differing: [String]) {
      merged = ItemName.full(merge.merged)
      into = ItemName.full(merge.into)
      undone = merge.undone != 0
      self.differing = differing
    }
  }
}
