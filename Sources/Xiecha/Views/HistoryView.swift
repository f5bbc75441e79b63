import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows one item: the person, the question, the deadlines and all that happened to it.
struct HistoryView {
  let reply: FollowReply
  /// The node's division: what it has to notify depends on the side.
  let here: String

  func show(on console: Console) throws {
    if console.isJSON { return try console.showJSON(HistoryLine(reply, here: here)) }
    if let summary = reply.summary { console.show(head(summary, console)) }
    if let item = reply.item { console.show(person(item, console)) }
    showAdvice(console)
    if let submission = reply.submission { showDeadlines(submission, console) }
    for move in reply.dueMoves { showMove(move, console) }
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
    var table = TextTable([.init(console.word(.subject)), .init(console.word(.value))])
    for (name, value) in item.subject.map({ SubjectText.lines($0, console) }) ?? [] {
      table.add([name, value])
    }
    for (name, value) in RecordText.lines(item.record, console) { table.add([name, value]) }
    if !item.remark.isEmpty { table.add([console.word(.remark), item.remark]) }
    return table
  }

  /// What the operator should know or do besides: G5, and the notices that are called for (S4.4).
  private func showAdvice(_ console: Console) {
    for advice in reply.advice {
      let text = TwoLanguages.part(of: advice.text, in: console.language)
      console.show(["! \(text)（\(advice.rule)）"])
    }
    if let item = reply.item {
      console.show(
        NoticeText.lines(of: NoticesDue.notices(of: item, at: here), console.language))
    }
  }

  private func showDeadlines(_ submission: Submission, _ console: Console) {
    console.show(["", "\(console.word(.deadlines)) (\(submission.profile), \(submission.cycle))"])
    var table = TextTable([
      .init(console.word(.rule)), .init(console.word(.what)),
      .init(console.word(.due), isWhole: true), .init(console.word(.note)),
    ])
    // Those of the last move hold; without one, those of the submission.
    for deadline in reply.dueMoves.last?.deadlines ?? submission.deadlines {
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

  /// Why the due date is not the submission's (S4.3, S4.5).
  private func showMove(_ move: DueMove, _ console: Console) {
    let reason =
      move.reason == "received"
      ? console.text("对方接收，开始计时", "received: one more clock began")
      : console.text("工作日历变动", "the working calendar was changed")
    console.show([
      "\(console.word(.due)) \(Words.date(move.before)) → \(Words.date(move.after)) "
        + "(\(reason), \(ChinaTime.text(move.at)))"
    ])
  }

  private func events(_ console: Console) -> TextTable {
    let language = console.language
    var table = TextTable([
      .init(console.word(.time), isWhole: true), .init(console.word(.step)),
      .init(console.word(.actor)), .init(console.word(.division)), .init(console.word(.what)),
    ])
    for event in reply.events {
      let step = event.kind?.label[language] ?? ""
      table.add([
        ChinaTime.text(event.at), step, event.actor?.account ?? "",
        DivisionText.short(event.actor?.division ?? ""), EventText.text(event, language),
      ])
    }
    return table
  }
}
