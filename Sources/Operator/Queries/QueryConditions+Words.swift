public import ExchangeProtos
public import ExchangeRules
internal import Presentation

extension QueryConditions {
  /// What is asked, a part each, as people read it; nothing where nothing is asked.
  public func told(in language: Language) -> [String] {
    func list<Word>(
      _ name: (String, String), _ numbers: [UInt32], _ label: (Int) -> Word?,
      _ text: (Word) -> BilingualText
    ) -> String? {
      let texts = numbers.compactMap { label(Int($0)) }.map { text($0)[language] }
      if texts.isEmpty { return nil }
      let separator = language.text("、", ", ")
      return language.text(name.0 + "：", name.1 + ": ") + texts.joined(separator: separator)
    }
    var told: [String?] = []
    switch box {
    case .in: told.append(language.text("收到的", "put to us"))
    case .out: told.append(language.text("发出的", "put by us"))
    case .todo, .unspecified: break
    }
    if !place.isEmpty { told.append(language.text("区划：", "place: ") + DivisionText.short(place)) }
    told.append(kind?.label[language])
    told.append(list(("类别", "category"), categories, Category.init(rawValue:), \.label))
    told.append(list(("状态", "state"), states, ItemState.init(rawValue:), \.label))
    told.append(list(("紧急程度", "urgency"), urgencies, Urgency.init(rawValue:), \.label))
    told.append(list(("结果", "finding"), findings, Finding.init(rawValue:), \.label))
    told.append(list(("时限", "lateness"), lateness, Lateness.init(rawValue:), \.label))
    if from > 0 || through > 0 {
      told.append(
        language.text("提交日期：", "submitted: ") + Words.date(from) + "…" + Words.date(through))
    }
    return told.compactMap(\.self)
  }
}
