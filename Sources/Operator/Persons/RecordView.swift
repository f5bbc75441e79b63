package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// Shows a person's records: every version with who wrote it and when, the newest last, and of each
/// what it says, in the operator's language.
package struct RecordView {
  let reply: HistoryReply

  package init(reply: HistoryReply) {
    self.reply = reply
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    page.add(value: RecordLine(reply))
    let person = reply.person ?? RegisteredPerson()
    page.add(
      heading: "\(language.word(.subject)) \(ItemName.full(person.id)) · "
        + "\(language.text("登记确认", "confirmation")): "
        + PersonText.confirmation(person.confirmation, language))
    page.append(versions(in: language))
    addClaims(to: &page, language)
    page.append(decisions(in: language))
    return page
  }

  /// Her card and records, every version.
  package func versions(in language: Language) -> Page {
    var page = Page()
    for version in reply.versions { add(version, to: &page, language) }
    return page
  }

  /// What was decided of her: merges, and the confirmation of her case.
  package func decisions(in language: Language) -> Page {
    var page = Page()
    addMerges(to: &page, language)
    addConfirmations(to: &page, language)
    return page
  }

  private func add(
    _ version: RegisteredVersion, to page: inout Page, _ language: Language
  ) {
    let name =
      version.subject == nil
      ? Words.category(version.category, language) : language.word(.subject)
    let number = language.text("第\(version.version)版", "version \(version.version)")
    page.addGap()
    page.add(
      heading: [
        name, number, ChinaTime.text(version.at),
        "\(version.actor?.account ?? "")@\(DivisionText.short(version.actor?.division ?? ""))",
        version.sourceItem.isEmpty ? "" : ItemName.short(version.sourceItem),
        VersionNote.text(version.note, language),
      ].filter { !$0.isEmpty }.joined(separator: " · "))
    var table = TextTable([.init(language.word(.what)), .init(language.word(.value))])
    let lines =
      version.subject.map { SubjectText.lines($0, language) }
      ?? RecordText.lines(version.content, language)
    for (label, value) in lines { table.add([label, value]) }
    page.add(table)
  }

  private func addMerges(to page: inout Page, _ language: Language) {
    if reply.merges.isEmpty { return }
    page.addGap()
    page.add(heading: language.text("合并", "merges"))
    var table = TextTable([
      .init(language.word(.time), isWhole: true), .init(language.word(.item), isWhole: true),
      .init("→", isWhole: true), .init(language.word(.actor)), .init(language.word(.reason)),
      .init(language.text("撤销", "taken back")),
    ])
    for merge in reply.merges {
      table.add([
        ChinaTime.text(merge.at), ItemName.short(merge.merged), ItemName.short(merge.into),
        merge.actor?.account ?? "", merge.reason,
        merge.undone == 0 ? "" : "\(ChinaTime.text(merge.undone)) \(merge.undoneBy)",
      ])
    }
    page.add(table)
  }

  /// What others say of her, beside her card.
  private func addClaims(to page: inout Page, _ language: Language) {
    if reply.claims.isEmpty { return }
    page.addGap()
    page.add(heading: language.text("他方的说法（未采纳）", "claims, not taken over"))
    var table = TextTable([
      .init(language.word(.time), isWhole: true), .init(language.word(.item), isWhole: true),
      .init(language.word(.division)), .init(language.word(.what)),
      .init(language.text("说法", "claimed")), .init(language.text("登记", "registered")),
    ])
    for claim in reply.claims {
      for field in claim.fields {
        table.add([
          ChinaTime.text(claim.at), ItemName.short(claim.item),
          DivisionText.short(claim.actor?.division ?? "")
            + (claim.draft ? language.text("（未提交）", " (not sent)") : ""),
          ClaimText.label(of: field, language),
          ClaimText.value(field.claimed, of: field, language),
          ClaimText.value(field.registered, of: field, language),
        ])
      }
    }
    page.add(table)
  }

  private func addConfirmations(to page: inout Page, _ language: Language) {
    if reply.confirmations.isEmpty { return }
    page.addGap()
    page.add(heading: language.text("审核确认（S7.1）", "confirmation (S7.1)"))
    var table = TextTable([
      .init(language.word(.time), isWhole: true), .init(language.word(.state)),
      .init(language.word(.actor)), .init(language.word(.division)), .init(language.word(.note)),
    ])
    for step in reply.confirmations {
      table.add([
        ChinaTime.text(step.at), PersonText.confirmation(step.state, language),
        step.actor?.account ?? "", DivisionText.short(step.actor?.division ?? ""),
        VersionNote.text(step.note, language),
      ])
    }
    page.add(table)
  }
}
