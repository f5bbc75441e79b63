import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// The parts of an item that only tell: person, advice, deadlines with what explains them, line of time.
struct HistorySections {
  let reply: FollowReply
  /// The node's division: what it has to notify depends on the side.
  let here: String
  let language: Language

  init(reply: FollowReply, here: String, _ language: Language) {
    self.reply = reply
    self.here = here
    self.language = language
  }

  func person() -> Markup {
    guard let item = reply.item else { return .text("") }
    var lines = item.subject.map { SubjectText.lines($0, language) } ?? []
    lines += RecordText.lines(item.record, language)
    if !item.remark.isEmpty { lines.append((language.word(.remark), item.remark)) }
    return .parent(
      "section",
      [
        .leaf("h2", [:], language.text("对象与内容", "Person and question")),
        .parent(
          "dl", lines.flatMap { [Markup.leaf("dt", [:], $0.0), .leaf("dd", [:], $0.1)] }),
      ])
  }

  /// What the clerk should know or do besides: G5, and the notices that are called for (S4.4).
  func advice() -> [Markup] {
    var lines = reply.advice.map {
      "\(TwoLanguages.part(of: $0.text, in: language))（\($0.rule)）"
    }
    if let item = reply.item {
      lines += NoticeText.lines(of: NoticesDue.notices(of: item, at: here), language)
    }
    return lines.map { .leaf("p", ["class": "note"], $0) }
  }

  func deadlines() -> Markup {
    guard let submission = reply.submission else { return .text("") }
    // Those of the last move hold; without one, those of the submission.
    let deadlines = reply.dueMoves.last?.deadlines ?? submission.deadlines
    var parts: [Markup] = [.leaf("h2", [:], language.word(.deadlines))]
    parts += deadlines.map { line(of: $0) }
    parts += reply.dueMoves.map { .leaf("p", ["class": "soft"], line(of: $0)) }
    if !submission.keyReasons.isEmpty {
      let reasons = submission.keyReasons.map { Words.keyReason($0, language) }
      parts.append(
        .leaf("p", [:], "\(language.word(.keySubject))：\(reasons.joined(separator: "、"))"))
    }
    parts.append(
      .leaf(
        "p", ["class": "soft"],
        language.text(
          "报送周期 \(submission.cycle)，规则 \(submission.profile)",
          "cycle \(submission.cycle), rules \(submission.profile)")))
    return .parent("section", parts)
  }

  /// A deadline, and on demand how it is reckoned (S4.5).
  private func line(of deadline: ExchangeProtos.Deadline) -> Markup {
    let unit = DeadlineUnit(rawValue: deadline.unit)?.label[language] ?? deadline.unit
    let purpose = DeadlinePurpose(rawValue: deadline.purpose)?.label[language] ?? deadline.purpose
    return .parent(
      "details",
      [
        .leaf("summary", [:], "\(Words.date(deadline.due)) \(purpose)"),
        .leaf(
          "p", ["class": "soft"],
          language.text(
            "依据 \(deadline.rule)：自 \(Words.date(deadline.start)) 次日起 \(deadline.length) \(unit)，到期日当天仍算按时。",
            "By \(deadline.rule): \(deadline.length) \(unit) from the day after "
              + "\(Words.date(deadline.start)); the day itself is in time.")),
      ])
  }

  /// Why the due date is not the submission's (S4.3, S4.5).
  private func line(of move: DueMove) -> String {
    let reason =
      move.reason == "received"
      ? language.text("对方接收，开始计时", "received: one more clock began")
      : language.text("工作日历变动", "the working calendar was changed")
    return "\(language.word(.due)) \(Words.date(move.before)) → \(Words.date(move.after))："
      + "\(reason)，\(ChinaTime.text(move.at))"
  }

  /// All that happened, at both counties and the province, in the order of cause.
  func times() -> Markup {
    .parent(
      "section",
      [
        .leaf("h2", [:], language.word(.history)),
        .element("ol", ["class": "times"], reply.events.map(moment)),
      ])
  }

  private func moment(_ event: ItemEvent) -> Markup {
    let remarks = reply.remarks.filter { $0.eventId == event.id }
    let isIdle = remarks.contains { !$0.counts }
    var said = EventText.text(event, language)
    if event.kind == .submitted { said = "\(language.word(.due)) \(said)" }
    var parts: [Markup] = [
      .leaf("strong", [:], event.kind?.label[language] ?? ""),
      .leaf("time", ["class": "soft"], " \(ChinaTime.text(event.at))"), .parent("br", []),
      .leaf(
        "span", ["class": "soft"],
        [DivisionText.short(event.actor?.division ?? ""), event.actor?.account ?? ""]
          .joined(separator: " ")),
    ]
    if !said.isEmpty { parts += [.parent("br", []), .text(said)] }
    parts += remarks.map { remark in
      let text = TwoLanguages.part(of: remark.text, in: language)
      return .leaf(
        "p", ["class": remark.counts ? "soft" : "fault"],
        remark.counts ? text : "▲ \(language.text("未生效", "no effect"))：\(text)")
    }
    return .element("li", isIdle ? ["class": "idle"] : [:], parts)
  }
}
