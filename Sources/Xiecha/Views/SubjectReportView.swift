import ExchangeProtos
import ExchangeRules
import Foundation
import Operator
import Presentation
import Reports

/// What a node holds of a person, as a document to hand over.
struct SubjectReportView {
  let parts: [SubjectPart]
  /// The node that holds it.
  let node: String
  /// When it was made: milliseconds since 1970.
  let made: Int64

  /// One thing that is held, or one reading.
  struct Line: Encodable, Hashable {
    /// What it is: item, event, record, confirmation or reading.
    var kind: String
    var at: String
    var account: String
    var division: String
    /// The item or record that it belongs to; empty: none.
    var item: String
    var what: String
    var said: String
  }

  func bytes(as format: SubjectReportFormat, in language: Language) throws -> [UInt8] {
    switch format {
    case .html: return try ReportFormat.html.bytes(of: report(in: language))
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(lines(in: language))) + [UInt8(ascii: "\n")]
    }
  }

  private func report(in language: Language) -> Report {
    var table = ReportTable(
      [
        .init(language.text("类别", "kind"), .text), .init(language.word(.time), .identity),
        .init(language.word(.actor), .text), .init(language.word(.division), .text),
        .init(language.word(.item), .identity), .init(language.word(.what), .text),
        .init(language.text("内容", "content"), .text),
      ], isSummed: false)
    let lines = lines(in: language)
    for line in lines {
      table.add([
        .text(SubjectReportView.kinds[line.kind]?[language] ?? line.kind), .identity(line.at),
        .text(line.account), .text(DivisionText.short(line.division)), .identity(line.item),
        .text(line.what), .text(line.said),
      ])
    }
    let readings = lines.count { $0.kind == "reading" }
    return Report(
      language: language, title: language.text("个人信息查询单", "what is held of a person"),
      facts: [
        language.text("持有节点 \(DivisionText.text(node))", "held by \(DivisionText.text(node))"),
        language.text("制作 \(ChinaTime.text(made))", "made \(ChinaTime.text(made))"),
        language.text(
          "\(lines.count - readings) 条内容，\(readings) 次查阅",
          "\(lines.count - readings) entries, \(readings) readings"),
      ], table: table,
      notes: [
        language.text(
          "只含本节点所持有的内容；上级及对方节点另行查询。认为有误的，可要求更正或删除。",
          "This is what this node holds; the other nodes are asked by themselves. What is wrong can be "
            + "corrected or erased on request.")
      ])
  }

  /// Everything in the order in which the node sent it.
  func lines(in language: Language) -> [Line] {
    parts.flatMap { part -> [Line] in
      switch part.part {
      case .item(let item): lines(of: item, language)
      case .version(let version): [line(of: version, language)]
      case .confirmation(let step): [line(of: step, language)]
      case .reading(let reading): [line(of: reading)]
      case nil: []
      }
    }
  }

  private static let kinds: [String: BilingualText] = [
    "item": BilingualText(chinese: "信息", english: "item"),
    "event": BilingualText(chinese: "经过", english: "event"),
    "record": BilingualText(chinese: "登记", english: "record"),
    "confirmation": BilingualText(chinese: "确认", english: "confirmation"),
    "reading": BilingualText(chinese: "查阅", english: "reading"),
  ]

  private static func line(
    _ kind: String, _ at: Int64, _ actor: Actor?, item: [UInt8], _ what: String, _ said: String
  ) -> Line {
    Line(
      kind: kind, at: ChinaTime.text(at), account: actor?.account ?? "",
      division: actor?.division ?? "", item: item.isEmpty ? "" : ItemName.full(item), what: what,
      said: said)
  }

  private static func text(_ lines: [(String, String)]) -> String {
    lines.map { "\($0.0)：\($0.1)" }.joined(separator: "；")
  }

  private func lines(of reply: FollowReply, _ language: Language) -> [Line] {
    let summary = reply.summary ?? ItemSummary()
    let entered = reply.events.first { $0.kind == .entered }
    let said =
      SubjectText.lines(reply.item?.subject ?? Subject(), language)
      + RecordText.lines(reply.item?.record, language)
    let way = "\(DivisionText.short(summary.from)) → \(DivisionText.short(summary.to))"
    let head = SubjectReportView.line(
      "item", entered?.at ?? 0, entered?.actor, item: summary.id,
      "\(Words.category(summary.category, language)) \(way) \(Words.state(summary.state, language))",
      SubjectReportView.text(said))
    return [head]
      + reply.events.filter { $0.kind != .entered }.map { event in
        SubjectReportView.line(
          "event", event.at, event.actor, item: summary.id, event.kind?.label[language] ?? "",
          EventText.text(event, language))
      }
  }

  private func line(of version: RegisteredVersion, _ language: Language) -> Line {
    let name =
      version.subject == nil
      ? Words.category(version.category, language) : language.word(.subject)
    let lines =
      version.subject.map { SubjectText.lines($0, language) }
      ?? RecordText.lines(version.content, language)
    let what = [
      name, language.text("第\(version.version)版", "version \(version.version)"),
      VersionNote.text(version.note, language),
    ]
    return SubjectReportView.line(
      "record", version.at, version.actor, item: version.sourceItem,
      what.filter { !$0.isEmpty }.joined(separator: " "), SubjectReportView.text(lines))
  }

  private func line(of step: ConfirmationStep, _ language: Language) -> Line {
    SubjectReportView.line(
      "confirmation", step.at, step.actor, item: step.item,
      PersonText.confirmation(step.state, language), step.note)
  }

  private func line(of reading: SubjectReading) -> Line {
    SubjectReportView.line(
      "reading", reading.at, reading.actor, item: reading.itemId, reading.action, reading.purpose)
  }
}
