import ArgumentParser
import Ledger
import Presentation
import Program

/// `quarantine …`: what neighbours sent and this node did not take, and the other way round.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "搁置的信息 · What was sent and not taken, here or at a neighbour.",
    subcommands: [List.self, Objections.self])

  struct List: Command {
    static let configuration = CommandConfiguration(
      abstract: "列出 · List it, the newest first, with the reason; no personal data.")

    @OptionGroup var store: StoreOptions

    @OptionGroup var limit: ListLimit
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let rows = limit.rows
      let found = try await store.open { ledger in
        try await ledger.read { try $0.quarantined(limit: rows) }
      }
      try console.list(found.map(QuarantineValue.init), peer: console.text("来自", "from"))
      return .done
    }
  }

  struct Objections: Command {
    static let configuration = CommandConfiguration(
      abstract: "邻近节点搁置的信息 · List what neighbours did not take of what this node sent.")

    @OptionGroup var store: StoreOptions

    @OptionGroup var limit: ListLimit
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let rows = limit.rows
      let found = try await store.open { ledger in
        try await ledger.read { try $0.objections(limit: rows) }
      }
      try console.list(found.map(QuarantineValue.init), peer: console.text("节点", "node"))
      return .done
    }
  }
}

/// Something that was not taken, as programs see it; its content is not shown.
struct QuarantineValue: Encodable {
  var at: String
  var peer: String
  var sequence: UInt64
  var event: String
  var item: String
  var reason: String
  var field: String
  var text: String

  init(_ event: QuarantinedEvent) {
    at = TimeText.text(event.at)
    peer = event.peer
    sequence = event.cursor.sequence
    self.event = event.event.map { "\($0)" } ?? ""
    item = event.item.map { "\($0)" } ?? ""
    reason = event.reason
    field = event.field
    text = event.text
  }
}

extension Console {
  fileprivate func list(_ values: [QuarantineValue], peer: String) throws {
    try list(
      values,
      [
        TextTable.Column(text("时间", "time"), isWhole: true),
        TextTable.Column(peer, isWhole: true),
        TextTable.Column(text("编号", "item"), isWhole: true),
        TextTable.Column(text("原因", "reason")),
        TextTable.Column(text("字段", "field")),
        TextTable.Column(text("说明", "note")),
      ]
    ) { [$0.at, $0.peer, $0.item, $0.reason, $0.field, $0.text] }
  }
}
