import Exchange
import ExchangeRules
import Ledger
import Presentation

/// What was set aside, in words: what it is, why it is not taken, and what takes the cause away.
struct QuarantineExplanation {
  private let event: QuarantinedEvent
  private let read: DetailedEvent?

  init(_ event: QuarantinedEvent) {
    self.event = event
    read = try? DetailedEvent(bytes: event.body)
  }

  /// The same for programs.
  struct Value: Encodable {
    var what: QuarantineValue
    var kind: String
    var author: String
    var happened: String
    var bytes: Int
    var remedy: String
  }

  func value(in language: Language) -> Value {
    Value(
      what: QuarantineValue(event), kind: read?.stored.kind.word ?? "",
      author: read?.stored.actor.division ?? "", happened: TimeText.text(read?.stored.at ?? 0),
      bytes: event.body.count, remedy: remedy[language])
  }

  func add(to page: inout Page, in language: Language) {
    let value = QuarantineValue(event)
    page.add(heading: "\(value.which)  \(value.reason)")
    page.add(line: what[language])
    page.add(
      line: language.text("原因：", "why: ") + TwoLanguages.part(of: event.text, in: language)
        + (event.field.isEmpty ? "" : " (\(event.field))"))
    if event.dismissal.at > 0 {
      page.add(
        line: language.text(
          "已不再重试：\(value.dismissed) \(value.dismissedBy) \(value.dismissedWhy)",
          "put away \(value.dismissed) by \(value.dismissedBy): \(value.dismissedWhy)"))
    } else {
      page.add(line: language.text("办法：", "remedy: ") + remedy[language])
    }
    page.addGap()
  }

  private var what: BilingualText {
    let size = event.body.count
    guard let stored = read?.stored else {
      return BilingualText(
        chinese: "本程序读不懂的内容，\(size) 字节，来自 \(event.peer)",
        english: "\(size) bytes from \(event.peer) that this program cannot read")
    }
    let (division, at) = (stored.actor.division, TimeText.text(stored.at))
    return BilingualText(
      chinese: "\(division) 于 \(at) \(stored.kind.label.chinese)，信息 \(stored.item)，\(size) 字节",
      english:
        "\(stored.kind.label.english) by \(division) at \(at), item \(stored.item), \(size) bytes")
  }

  /// What takes the cause away; the node then takes the event by itself.
  private var remedy: BilingualText {
    switch event.reason {
    case "unknown-item":
      BilingualText(
        chinese: "该信息的录入还没有到；到了会自动补上。久等不到，请对方管理员看 quarantine objections",
        english:
          "the item's entry has not come; the event is taken by itself when it does. If it does "
          + "not, ask the administrator there to look at quarantine objections")
    case "calendar":
      BilingualText(
        chinese: "导入缺少年份的工作日历（xiecha-admin calendar import），再发 SIGHUP",
        english:
          "import the calendar of the year that is missing (xiecha-admin calendar import), then "
          + "SIGHUP")
    case "time-out-of-range":
      BilingualText(
        chinese: "核对两边的时钟；拨正后自动重试",
        english: "look at the clocks of both nodes; set right, it is "
          + "tried again by itself")
    case "wrong-division", "not-a-way", "not-a-party":
      BilingualText(
        chinese: "若对方节点未登记，请登记（xiecha-admin node register），自动重试；否则请对方管理员查明由来",
        english:
          "if a node is missing in the register, register it (xiecha-admin node register) and it "
          + "is tried again; else ask the administrator there where it came from")
    case "other-content", "conflict":
      BilingualText(
        chinese: "同一编号在本节点已有不同内容：两边核对后，用 quarantine dismiss 写明结论",
        english:
          "the same identity is here with other content: compare both, then put it away with "
          + "quarantine dismiss and what you found")
    default:
      read == nil
        ? BilingualText(
          chinese: "对方可能是更新的版本：升级本节点后自动重试",
          english:
            "its sender may be of a newer version: update this node, and it is tried again at the "
            + "start")
        : BilingualText(
          chinese: "由录入方更正后重新提交；这一条用 quarantine dismiss 写明结论",
          english:
            "whoever entered it corrects and sends it again; put this one away with quarantine "
            + "dismiss and what you found")
    }
  }
}
