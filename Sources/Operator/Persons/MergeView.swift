package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// Shows what a merge, or taking one back, did.
package struct MergeView {
  let reply: MergeReply

  package init(reply: MergeReply) {
    self.reply = reply
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for merge in reply.merges { page.add(value: Line(merge, differing: reply.differing)) }
    for merge in reply.merges {
      let (merged, into) = (ItemName.short(merge.merged), ItemName.short(merge.into))
      if merge.undone == 0 {
        page.add(line: language.text("\(merged) 已并入 \(into)", "\(merged) counts under \(into) now"))
      } else {
        page.add(
          line: language.text("\(merged) 与 \(into) 的合并已撤销", "\(merged) stands for itself again"))
      }
    }
    let names = reply.differing.map { PersonField(rawValue: $0)?.label[language] ?? $0 }
    if !names.isEmpty {
      let list = names.joined(separator: language.text("、", ", "))
      page.add(
        line: language.text("两份不同、以保留者为准的项目：\(list)", "they differ in \(list); the kept one counts")
      )
    }
    return page
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
