import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows the state that an item is in after a step.
struct DoneView {
  let item: String
  let done: Done

  func page(in language: Language) -> Page {
    var page = Page()
    let stage = done.state
    page.add(value: ["item": item, "state": stage?.word ?? ""])
    let state = stage?.label[language] ?? ""
    page.add(line: language.text("\(item) 已记录，状态：\(state)", "\(item) recorded; state: \(state)"))
    return page
  }
}
