import ArgumentParser
import Credentials
import ExchangeRules
import Ledger
import Presentation
import Program

/// `status`: how a node stands, of what its ledger says.
struct StatusCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "状态 · How a node stands: restored, backed up, its links, what was not taken.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let status = try await store.open { ledger in
      try await ledger.read { try Status($0) }
    }
    var page = Page()
    page.add(value: StatusValue(status))
    page.add(heading: "\(console.text("节点", "node")) \(status.owner ?? "-")")
    page.add(line: backup(status, on: console))
    if let failure = status.backupFailure {
      page.add(
        line: console.text(
          "备份失败 \(TimeText.text(failure.at))：\(failure.text)",
          "a backup failed at \(TimeText.text(failure.at)): \(failure.text)"))
    }
    if let putBack = status.putBack { page.add(line: restored(putBack, on: console)) }
    page.add(table(status.links, on: console))
    page.add(heading: console.text("占用与上限", "what is held, and its bound"))
    page.add(HeldTable(status.holdings, neighbours: status.links.count).table(on: console))
    try console.show(page)
    return .done
  }

  private func backup(_ status: Status, on console: Console) -> String {
    guard let last = status.lastBackup else {
      return console.text("从未备份", "it was never backed up")
    }
    let at = TimeText.text(last.at)
    return console.text("最近备份 \(at)：\(last.text)", "last backup \(at): \(last.text)")
  }

  private func restored(_ putBack: PutBack, on console: Console) -> String {
    let (at, copied) = (TimeText.text(putBack.at), TimeText.text(putBack.copied))
    let of = copied.isEmpty ? console.text("不明时刻的副本", "a copy of nobody knows when") : copied
    let line = console.text("\(at) 由 \(of) 恢复", "restored at \(at), of \(of)")
    if putBack.awaited.isEmpty {
      return line + console.text("；邻近节点已全部补送", "; all neighbours have told what it lost")
    }
    let list = putBack.awaited.joined(separator: " ")
    return line
      + console.text("；等待补送：\(list)", "; waits for what these hold: \(list)")
  }

  private func table(_ links: [LinkStanding], on console: Console) -> TextTable {
    var table = TextTable([
      TextTable.Column(console.text("邻近节点", "neighbour"), isWhole: true),
      TextTable.Column(console.text("待送", "to send"), isWhole: true),
      TextTable.Column(console.text("本节点搁置", "set aside here"), isWhole: true),
      TextTable.Column(console.text("不再重试", "put away"), isWhole: true),
      TextTable.Column(console.text("对方搁置", "set aside there"), isWhole: true),
      TextTable.Column(console.text("最近连接", "connected last"), isWhole: true),
      TextTable.Column(console.text("备注", "note")),
    ])
    for link in links {
      var notes: [String] = []
      if link.isStopped { notes.append(console.text("已停用", "is stopped")) }
      if let met = link.met {
        if !met.program.isEmpty { notes.append(met.program) }
        if met.isClockWrong {
          let seconds = met.ahead / 1000
          notes.append(
            console.text("其时钟快 \(seconds) 秒", "its clock is \(seconds) s ahead"))
        }
      }
      if !link.isCaughtUp { notes.append(console.text("正在补送全部", "is being told everything")) }
      if link.isAwaited { notes.append(console.text("等待其补送", "is awaited")) }
      if let other = link.other {
        notes.append(
          console.text(
            "自 \(TimeText.text(other.since)) 其日志与此前告知的第 \(other.pages) 页不符",
            "its log is not the one whose page \(other.pages) it told, since "
              + TimeText.text(other.since)))
      }
      if let mine = link.mine {
        notes.append(
          console.text(
            "自 \(TimeText.text(mine.since)) 其所记本节点日志第 \(mine.pages) 页与本节点不符",
            "it remembers a page \(mine.pages) that is not of this log, since "
              + TimeText.text(mine.since)))
      }
      table.add([
        link.peer, "\(link.waiting)", "\(link.setAside)", "\(link.dismissed)",
        "\(link.objections)", TimeText.text(link.lastSeen), notes.joined(separator: "; "),
      ])
    }
    return table
  }
}

/// What a ledger says of its node.
private struct Status: Sendable {
  let owner: String?
  let lastBackup: BackupNote?
  let backupFailure: BackupNote?
  let putBack: PutBack?
  let links: [LinkStanding]
  let holdings: Holdings

  init(_ ledger: LedgerReader) throws {
    owner = try ledger.owner()
    lastBackup = try ledger.lastBackup()
    backupFailure = try ledger.backupFailure()
    putBack = try ledger.putBack()
    links = try ledger.linkStandings()
    holdings = try ledger.holdings()
  }
}

/// The status as programs see it; a time that is empty has not been.
private struct StatusValue: Encodable, Sendable {
  struct Note: Encodable {
    var at: String
    var text: String
  }
  struct Restored: Encodable {
    var at: String
    var of: String
    var awaited: [String]
  }
  struct Link: Encodable {
    var neighbour: String
    var toSend: UInt64
    var setAsideHere: Int
    var putAway: Int
    var setAsideThere: Int
    var connectedLast: String
    var isToldEverything: Bool
    var isAwaited: Bool
    var isStopped: Bool
    /// The version of its program, and how far its clock was ahead, when the link opened last.
    var program: String
    var clockAheadMilliseconds: Int64
    /// The head of its log that is remembered here, as `audit verify --head` takes it at that node;
    /// empty: none.
    var logHead: String
    var otherLogSince: String
    var remembersOtherLogSince: String
  }

  var node: String
  var lastBackup: Note?
  var backupFailure: Note?
  var restored: Restored?
  var links: [Link]
  var held: [HeldTable.Line]

  init(_ status: Status) {
    func note(_ note: BackupNote?) -> Note? {
      note.map { Note(at: TimeText.text($0.at), text: $0.text) }
    }
    node = status.owner ?? ""
    lastBackup = note(status.lastBackup)
    backupFailure = note(status.backupFailure)
    restored = status.putBack.map {
      Restored(at: TimeText.text($0.at), of: TimeText.text($0.copied), awaited: $0.awaited)
    }
    held = HeldTable(status.holdings, neighbours: status.links.count).lines
    links = status.links.map {
      Link(
        neighbour: $0.peer, toSend: $0.waiting, setAsideHere: $0.setAside, putAway: $0.dismissed,
        setAsideThere: $0.objections, connectedLast: TimeText.text($0.lastSeen),
        isToldEverything: !$0.isCaughtUp, isAwaited: $0.isAwaited, isStopped: $0.isStopped,
        program: $0.met?.program ?? "", clockAheadMilliseconds: $0.met?.ahead ?? 0,
        logHead: $0.logPages == 0 ? "" : "\($0.logPages):\(Hexadecimal.text($0.logRoot))",
        otherLogSince: TimeText.text($0.other?.since ?? 0),
        remembersOtherLogSince: TimeText.text($0.mine?.since ?? 0))
    }
  }
}
