import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// A sample of answers, with what their last check has found (S10.7).
struct SampleView {
  let lines: [SampleLine]

  func page(in language: Language) -> Page {
    var page = Page()
    for line in lines { page.add(value: Value(line)) }
    if lines.isEmpty {
      page.add(line: language.text("没有已反馈的信息", "nothing was answered"))
      return page
    }
    var table = TextTable([
      .init(language.word(.item), isWhole: true), .init(language.word(.name)),
      .init(language.text("承办单位", "held by")),
      .init(language.text("反馈日期", "answered"), isWhole: true),
      .init(language.word(.finding)), .init(language.text("有据", "substantiated")),
      .init(language.text("抽查结果", "spot check")), .init(language.word(.actor)),
      .init(language.word(.note)),
    ])
    for line in lines {
      table.add([
        ItemName.short(line.item), line.maskedName, DivisionText.short(line.holder),
        Words.date(line.answered), Words.finding(line.finding, language),
        language.word(line.substantiated ? .yes : .no), line.outcome?.label[language] ?? "",
        line.by, line.note,
      ])
    }
    page.add(table)
    return page
  }

  private struct Value: Encodable {
    let item: String
    let holder: String
    let answered: String
    let finding: String?
    let substantiated: Bool
    let outcome: String?
    let checked: String?
    let by: String?
    let note: String?

    init(_ line: SampleLine) {
      item = ItemName.full(line.item)
      holder = line.holder
      answered = Words.date(line.answered)
      finding = line.finding?.word
      substantiated = line.substantiated
      outcome = line.outcome?.word
      checked = line.checked == 0 ? nil : ChinaTime.text(line.checked)
      by = line.by.isEmpty ? nil : line.by
      note = line.note.isEmpty ? nil : line.note
    }
  }
}
