import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows a person's records: every version with who wrote it and when, the newest last, and of each
/// what it says, in the operator's language.
struct RecordView {
  let reply: HistoryReply

  func show(on console: Console) throws {
    if console.isJSON { return try console.showJSON(RecordLine(reply)) }
    let person = reply.person ?? RegisteredPerson()
    console.show([
      "\(console.word(.subject)) \(ItemName.full(person.id)) · "
        + "\(console.text("登记确认", "confirmation")): "
        + PersonText.confirmation(person.confirmation, console.language)
    ])
    for version in reply.versions { show(version, console) }
    showMerges(console)
    showConfirmations(console)
  }

  private func show(_ version: RegisteredVersion, _ console: Console) {
    let language = console.language
    let name =
      version.subject == nil
      ? Words.category(version.category, language) : console.word(.subject)
    let number = console.text("第\(version.version)版", "version \(version.version)")
    console.show([
      "",
      [
        name, number, ChinaTime.text(version.at),
        "\(version.actor?.account ?? "")@\(DivisionText.short(version.actor?.division ?? ""))",
        version.sourceItem.isEmpty ? "" : ItemName.short(version.sourceItem), version.note,
      ].filter { !$0.isEmpty }.joined(separator: " · "),
    ])
    var table = TextTable([.init(console.word(.what)), .init(console.word(.value))])
    let lines =
      version.subject.map { SubjectText.lines($0, console) }
      ?? RecordText.lines(version.content, console)
    for (label, value) in lines { table.add([label, value]) }
    console.show(table)
  }

  private func showMerges(_ console: Console) {
    if reply.merges.isEmpty { return }
    console.show(["", console.text("合并", "merges")])
    var table = TextTable([
      .init(console.word(.time), isWhole: true), .init(console.word(.item), isWhole: true),
      .init("→", isWhole: true), .init(console.word(.actor)), .init(console.word(.reason)),
      .init(console.text("撤销", "taken back")),
    ])
    for merge in reply.merges {
      table.add([
        ChinaTime.text(merge.at), ItemName.short(merge.merged), ItemName.short(merge.into),
        merge.actor?.account ?? "", merge.reason,
        merge.undone == 0 ? "" : "\(ChinaTime.text(merge.undone)) \(merge.undoneBy)",
      ])
    }
    console.show(table)
  }

  private func showConfirmations(_ console: Console) {
    if reply.confirmations.isEmpty { return }
    console.show(["", console.text("审核确认（S7.1）", "confirmation (S7.1)")])
    var table = TextTable([
      .init(console.word(.time), isWhole: true), .init(console.word(.state)),
      .init(console.word(.actor)), .init(console.word(.division)), .init(console.word(.note)),
    ])
    for step in reply.confirmations {
      table.add([
        ChinaTime.text(step.at), PersonText.confirmation(step.state, console.language),
        step.actor?.account ?? "", DivisionText.short(step.actor?.division ?? ""), step.note,
      ])
    }
    console.show(table)
  }
}
