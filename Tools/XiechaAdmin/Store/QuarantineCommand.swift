import ArgumentParser
import ExchangeRules
import Ledger
import Presentation
import Program

/// `quarantine …`: what neighbours sent and this node did not take, and the other way round.
struct QuarantineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "搁置的信息 · What was sent and not taken, here or at a neighbour.",
    discussion: """
      The node tries again by itself: at its start, every ten minutes, on SIGHUP (a new calendar or \
      certificate), when a node was registered and when the clock was set.
      """,
    subcommands: [List.self, Explain.self, Retry.self, Dismiss.self, Objections.self])

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

  struct Explain: Command {
    static let configuration = CommandConfiguration(
      abstract: "解释 · What it is, why it was not taken, and what to do.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "如 440000:17 · Which, as list names it.")
    var which: QuarantinePlace

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let which = which
      let found = try await store.open { ledger in
        try await ledger.read { try $0.setAside(of: which.peer, at: which.sequence) }
      }
      guard !found.isEmpty else { throw which.unknown }
      var page = Page()
      for event in found {
        let explanation = QuarantineExplanation(event)
        page.add(value: explanation.value(in: console.language))
        explanation.add(to: &page, in: console.language)
      }
      try console.show(page)
      return .done
    }
  }

  struct Retry: Command {
    static let configuration = CommandConfiguration(
      abstract: "重试 · Ask the node to try all of it again now.",
      discussion: "A node that runs does so within seconds, one that is stopped at its next start.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let count = try await store.open { ledger in
        try await ledger.commit { ledger in
          try ledger.askForAttention(at: SystemClock.milliseconds)
          return try ledger.quarantinedCount()
        }
      }
      try console.done(
        ["setAside": count], "节点将重试 \(count) 条；几秒后用 quarantine list 查看结果",
        "the node tries \(count) again; look with quarantine list in some seconds")
      return .done
    }
  }

  struct Dismiss: Command {
    static let configuration = CommandConfiguration(
      abstract: "不再重试 · Put some away, with a reason: tried no more, kept on record.",
      discussion: "Its sender is told that the objection has fallen. It cannot be undone.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "如 440000:17 · Which, as list names them.")
    var which: [QuarantinePlace]

    @Option(name: .long, help: "理由，留痕 · Why; it is kept.")
    var reason: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let (reason, which) = (try Reason.read(reason), which)
      let count = try await store.open { ledger in
        try await ledger.commit { ledger -> Int in
          let now = SystemClock.milliseconds
          let actor = Administrator.actor(for: try ledger.owner() ?? "")
          var count = 0
          for place in which {
            let dismissed = try ledger.dismiss(
              place.sequence, of: place.peer,
              QuarantinedEvent.Dismissal(at: now, by: actor.account, reason: reason))
            if dismissed == 0 { throw place.unknown }
            try ledger.leaveTrace(
              TraceEntry(
                at: now, actor: actor, action: "dismiss", purpose: "\(place): \(reason)"))
            count += dismissed
          }
          return count
        }
      }
      try console.done(
        ["dismissed": count], "不再重试 \(count) 条，已留痕", "put \(count) away; a trace is left")
      return .done
    }
  }
}

/// Something that was set aside, by its sender and its place there: `440000:17`.
struct QuarantinePlace: ExpressibleByArgument, CustomStringConvertible {
  let peer: String
  let sequence: UInt64

  init?(argument: String) {
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let peer = DivisionCode(parts[0]), let sequence = UInt64(parts[1])
    else { return nil }
    self.peer = "\(peer)"
    self.sequence = sequence
  }

  var description: String { "\(peer):\(sequence)" }

  /// That nothing of this name is set aside.
  var unknown: ProgramFailure {
    ProgramFailure(
      .refused, "unknown", chinese: "没有搁置的 \(self)，或已不再重试：请用 quarantine list 核对",
      english: "\(self) is not set aside, or was put away; quarantine list shows what is")
  }
}

extension Console {
  fileprivate func list(_ values: [QuarantineValue], peer: String) throws {
    try list(
      values,
      [
        TextTable.Column(text("时间", "time"), isWhole: true),
        TextTable.Column("\(peer):\(text("序号", "sequence"))", isWhole: true),
        TextTable.Column(text("编号", "item"), isWhole: true),
        TextTable.Column(text("原因", "reason")),
        TextTable.Column(text("字段", "field")),
        TextTable.Column(text("说明", "note")),
        TextTable.Column(text("不再重试", "put away")),
      ]
    ) {
      [
        $0.at, $0.which, $0.item, $0.reason, $0.field, TwoLanguages.part(of: $0.text, in: language),
        $0.dismissedWhy,
      ]
    }
  }
}
