import ExchangeProtos
import ExchangeRules
import Presentation

/// Shows the state that an item is in after a step.
struct DoneView {
  let item: String
  let done: Done

  func show(on console: Console) throws {
    let stage = done.state
    if console.isJSON {
      return try console.showJSON(["item": item, "state": stage?.word ?? ""])
    }
    let state = stage?.label[console.language] ?? ""
    console.say("\(item) 已记录，状态：\(state)", "\(item) recorded; state: \(state)")
  }
}
