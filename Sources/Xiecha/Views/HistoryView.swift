import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Shows one item: the person, the question, the deadlines and all that happened to it.
struct HistoryView {
  let reply: FollowReply
  /// The node's division: what it has to notify depends on the side.
  let here: String

  func page(in language: Language) -> Page {
    var page = Page()
    page.add(value: HistoryLine(reply, here: here))
    if let summary = reply.summary { addHead(of: summary, to: &page, language) }
    if let item = reply.item { page.add(person(item, language)) }
    addAdvice(to: &page, language)
    if let submission = reply.submission { addDeadlines(of: submission, to: &page, language) }
    for move in reply.dueMoves { page.add(line: line(of: move, language)) }
    page.addGap()
    page.add(heading: language.word(.history))
    page.add(events(language))
    return page
  }

  private func addHead(
    of summary: ItemSummary, to page: inout Page, _ language: Language
  ) {
    let state = Words.state(summary.state, language)
    page.add(heading: "\(language.word(.item)) \(ItemName.full(summary.id))")
    page.add(
      line: [
        Words.kind(summary.kind, language), Words.category(summary.category, language),
        Words.urgency(summary.urgency, language), state, summary.late ? language.word(.late) : "",
      ].filter { !$0.isEmpty }.joined(separator: " · "))
    page.add(line: "\(DivisionText.text(summary.from)) → \(DivisionText.text(summary.to))")
    if reply.removed > 0 {
      let time = ChinaTime.text(reply.removed)
      page.add(
        line: language.text("内容已于 \(time) 删除，仅存证明", "removed \(time); its proof is left"))
    }
  }

  private func person(_ item: Item, _ language: Language) -> TextTable {
    var table = TextTable([.init(language.word(.subject)), .init(language.word(.value))])
    for (name, value) in item.subject.map({ SubjectText.lines($0, language) }) ?? [] {
      table.add([name, value])
    }
    for (name, value) in RecordText.lines(item.record, language) { table.add([name, value]) }
    if !item.remark.isEmpty { table.add([language.word(.remark), item.remark]) }
    return table
  }

  /// What the operator should know or do besides: G5, and the notices that are called for (S4.4).
  private func addAdvice(to page: inout Page, _ language: Language) {
    for advice in reply.advice {
      let text = TwoLanguages.part(of: advice.text, in: language)
      page.add(notes: ["! \(text)（\(advice.rule)）"])
    }
    if let item = reply.item {
      page.add(
        notes: NoticeText.lines(of: NoticesDue.notices(of: item, at: here), language))
    }
  }

  private func addDeadlines(
    of submission: Submission, to page: inout Page, _ language: Language
  ) {
    page.addGap()
    page.add(heading: "\(language.word(.deadlines)) (\(submission.profile), \(submission.cycle))")
    var table = TextTable([
      .init(language.word(.rule)), .init(language.word(.what)),
      .init(language.word(.due), isWhole: true), .init(language.word(.note)),
    ])
    // Those of the last move hold; without one, those of the submission.
    for deadline in reply.dueMoves.last?.deadlines ?? submission.deadlines {
      let unit = DeadlineUnit(rawValue: deadline.unit)?.label[language] ?? deadline.unit
      let purpose = DeadlinePurpose(rawValue: deadline.purpose)?.label[language]
      table.add([
        deadline.rule, purpose ?? deadline.purpose, Words.date(deadline.due),
        "\(Words.date(deadline.start)) + \(deadline.length) \(unit)",
      ])
    }
    page.add(table)
    if !submission.keyReasons.isEmpty {
      let reasons = submission.keyReasons.map { Words.keyReason($0, language) }
      page.add(line: "\(language.word(.keySubject)): \(reasons.joined(separator: ", "))")
    }
  }

  /// Why the due date is not the submission's (S4.3, S4.5).
  private func line(of move: DueMove, _ language: Language) -> String {
    let reason =
      move.reason == "received"
      ? language.text("对方接收，开始计时", "received: one more clock began")
      : language.text("工作日历变动", "the working calendar was changed")
    return "\(language.word(.due)) \(Words.date(move.before)) → \(Words.date(move.after)) "
      + "(\(reason), \(ChinaTime.text(move.at)))"
  }

  /// Why an event has no effect, or what else is to be said of it.
  private func remarks(on event: ItemEvent, _ language: Language) -> [String] {
    reply.remarks.filter { $0.eventId == event.id }.map { remark in
      let text = TwoLanguages.part(of: remark.text, in: language)
      return remark.counts
        ? "! \(text)" : "! \(language.text("未生效", "no effect")): \(text)"
    }
  }

  private func events(_ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.time), isWhole: true), .init(language.word(.step)),
      .init(language.word(.actor)), .init(language.word(.division)), .init(language.word(.what)),
    ])
    for event in reply.events {
      let step = event.kind?.label[language] ?? ""
      table.add([
        ChinaTime.text(event.at), step, event.actor?.account ?? "",
        DivisionText.short(event.actor?.division ?? ""),
        ([EventText.text(event, language)] + remarks(on: event, language))
          .filter { !$0.isEmpty }.joined(separator: " "),
      ])
    }
    return table
  }
}
