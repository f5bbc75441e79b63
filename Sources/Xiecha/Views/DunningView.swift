import ExchangeProtos
import ExchangeRules
import Presentation

/// A dunning letter: what is late, how late, whose, and what became of the letter.
struct DunningView {
  let reply: LetterReply

  func page(in language: Language) -> Page {
    var page = Page()
    let list = reply.dunning ?? DunningList()
    for line in list.lines { page.add(value: Line(line)) }
    let summary = reply.summary ?? LetterSummary()
    let (from, to) = (DivisionText.text(summary.issuer), DivisionText.text(summary.addressee))
    page.add(
      heading: language.text(
        "\(from) 催办 \(to)，\(Words.date(summary.period)) 当周",
        "\(from) duns \(to), week of \(Words.date(summary.period))"))
    var lines = language.text(
      "截至 \(Words.date(list.day)) 逾期 \(list.late) 条",
      "late as of \(Words.date(list.day)): \(list.late)")
    if list.parts > 1 {
      lines += language.text(
        "（第 \(summary.part)／\(list.parts) 份）", " (part \(summary.part) of \(list.parts))")
    }
    page.add(line: lines)
    page.add(table(of: list, language))
    for event in reply.events {
      let step = event.step?.label[language] ?? ""
      let note = event.note.isEmpty ? "" : language.text("：", ": ") + event.note
      page.add(
        line: "\(ChinaTime.text(event.at))  \(step)  \(event.actor?.account ?? "")\(note)")
    }
    if let rule = DunningRule.all.first(where: { $0.name == list.rules }) {
      page.add(notes: [rule.text[language]])
    }
    return page
  }

  private func table(of list: DunningList, _ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.item), isWhole: true), .init(language.word(.category)),
      .init(language.text("待办", "owes")), .init(language.word(.due), isWhole: true),
      .init(language.text("逾期天数", "days late"), alignsRight: true, isWhole: true),
      .init(language.text("承办单位", "held by")), .init(language.text("责任人", "responsible")),
      .init(language.text("催办到", "risen to")), .init(language.word(.note)),
    ])
    for line in list.lines {
      table.add([
        ItemName.short(line.item), Words.category(line.category, language),
        line.feedback ? language.text("反馈", "feedback") : language.text("接收", "receipt"),
        Words.date(line.due), "\(line.daysLate)",
        DivisionText.short(line.holder.isEmpty ? line.county : line.holder), line.responsible,
        line.level?.label[language] ?? "", line.stopped?.label[language] ?? "",
      ])
    }
    return table
  }

  private struct Line: Encodable {
    let item: String
    let kind: String
    let category: String
    let owes: String
    let due: String
    let daysLate: UInt32
    let from: String
    let county: String
    let holder: String?
    let responsible: String?
    let risenTo: String
    let stopped: String?

    init(_ line: DunningLine) {
      item = ItemName.full(line.item)
      kind = line.kind?.word ?? ""
      category = line.category?.word ?? ""
      owes = line.feedback ? "feedback" : "receipt"
      due = Words.date(line.due)
      daysLate = line.daysLate
      from = line.from
      county = line.county
      holder = line.holder.isEmpty ? nil : line.holder
      responsible = line.responsible.isEmpty ? nil : line.responsible
      risenTo = line.level?.word ?? ""
      stopped = line.stopped?.word
    }
  }
}
