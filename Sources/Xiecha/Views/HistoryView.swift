import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows one item: the person, the question, the deadlines and all that happened to it.
struct HistoryView {
  let reply: FollowReply

  func show(on console: Console) throws {
    if console.isJSON { return try console.showJSON(HistoryLine(reply)) }
    if let summary = reply.summary { console.show(head(summary, console)) }
    if let item = reply.item { console.show(person(item, console)) }
    if let submission = reply.submission { showDeadlines(submission, console) }
    console.show(["", console.word(.history)])
    console.show(events(console))
  }

  private func head(_ summary: ItemSummary, _ console: Console) -> [String] {
    let language = console.language
    let state = Words.state(summary.state, language)
    return [
      "\(console.word(.item)) \(ItemName.full(summary.id))",
      [
        Words.kind(summary.kind, language), Words.category(summary.category, language),
        Words.urgency(summary.urgency, language), state, summary.late ? console.word(.late) : "",
      ].filter { !$0.isEmpty }.joined(separator: " · "),
      "\(DivisionText.text(summary.from)) → \(DivisionText.text(summary.to))",
    ]
  }

  private func person(_ item: Item, _ console: Console) -> TextTable {
    let language = console.language
    var table = TextTable([.init(console.word(.subject)), .init(console.word(.value))])
    func add(_ label: Label, _ value: String) {
      if !value.isEmpty { table.add([console.word(label), value]) }
    }
    if let subject = item.subject {
      add(.name, subject.name)
      add(.citizenID, subject.citizenId)
      add(.birthDate, Words.date(subject.birthDate))
      add(.sex, Words.sex(subject.sex, language))
      for (label, address) in [
        (Label.residence, subject.residence), (.household, subject.household),
      ] {
        if let address { add(label, "\(DivisionText.text(address.code))，\(address.text)") }
      }
      add(.pregnant, console.word(subject.currentlyPregnant ? .yes : .no))
      add(.certificate, Words.certificate(subject.certificate, language))
      add(.contraception, Words.contraception(subject.contraception, language))
      add(.telephone, subject.telephone)
    }
    for (name, value) in RecordText.lines(item.record, console) { table.add([name, value]) }
    add(.remark, item.remark)
    return table
  }

  private func showDeadlines(_ submission: Submission, _ console: Console) {
    console.show(["", "\(console.word(.deadlines)) (\(submission.profile), \(submission.cycle))"])
    var table = TextTable([
      .init(console.word(.rule)), .init(console.word(.what)),
      .init(console.word(.due), isWhole: true), .init(console.word(.note)),
    ])
    for deadline in submission.deadlines {
      let unit = DeadlineUnit(rawValue: deadline.unit)?.label[console.language] ?? deadline.unit
      let purpose = DeadlinePurpose(rawValue: deadline.purpose)?.label[console.language]
      table.add([
        deadline.rule, purpose ?? deadline.purpose, Words.date(deadline.due),
        "\(Words.date(deadline.start)) + \(deadline.length) \(unit)",
      ])
    }
    console.show(table)
    if !submission.keyReasons.isEmpty {
      let reasons = submission.keyReasons.map { Words.keyReason($0, console.language) }
      console.show(["\(console.word(.keySubject)): \(reasons.joined(separator: ", "))"])
    }
  }

  private func events(_ console: Console) -> TextTable {
    let language = console.language
    var table = TextTable([
      .init(console.word(.time), isWhole: true), .init(console.word(.step)),
      .init(console.word(.actor)), .init(console.word(.division)), .init(console.word(.what)),
    ])
    for event in reply.events {
      let step = HistoryStep(rawValue: Int(event.kind.rawValue))?.label[language] ?? ""
      table.add([
        MomentText.text(event.at), step, event.actor?.account ?? "",
        DivisionText.short(event.actor?.division ?? ""), EventText.text(event, language),
      ])
    }
    return table
  }
}
