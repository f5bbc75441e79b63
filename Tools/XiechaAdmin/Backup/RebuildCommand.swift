import ArgumentParser
import Exchange
import ExchangeRules
import Glibc
import Ledger
import LedgerPrograms
import Presentation
import Program

/// `rebuild`: an empty store for a node that has lost its own and every backup.
struct RebuildCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "重建 · An empty ledger that the neighbours fill, where there is no backup.",
    discussion: """
      The neighbours tell all that they hold of the node's items; until they have, operators cannot \
      write. Accounts, registers of nodes, traces of readings, imported calendars, and what was \
      entered and never sent are lost: add operators and nodes again before the node starts.
      """)

  @Option(name: .long, help: "新的数据库文件，不得已存在 · The ledger to make.")
  var store: String

  @Option(name: .long, help: "节点的区划代码 · The node's division code.")
  var division: DivisionCode

  @Option(name: .long, help: "邻近节点，逐个写 · The node above, and those below; one each.")
  var neighbour: [DivisionCode] = []

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    guard !neighbour.isEmpty else {
      throw ProgramFailure(
        .badInput, chinese: "--neighbour：至少写一个邻近节点", english: "--neighbour: name one at least")
    }
    let (name, division, neighbours) = (store, division, neighbour)
    if Ledger.isOnServer(name) {
      throw ProgramFailure(
        .refused, chinese: "--store：重建只用于文件数据库；服务器上的数据库由其自身的工具恢复",
        english: "--store: only a file is rebuilt; restore a server's ledger by its own tools")
    }
    for taken in ["", "-wal", "-shm"].map({ name + $0 }) where access(taken, F_OK) == 0 {
      throw ProgramFailure(
        .refused, chinese: "\(taken) 已存在，不会覆盖；请先移走",
        english: "\(taken) is there already and is never replaced; move it away first")
    }
    try await Ledger.use(name) { ledger in
      let now = SystemClock.milliseconds
      _ = try await LedgerOwnership.claim(ledger, for: division)
      try await ledger.commit { ledger in
        try ledger.putBack(from: 0, at: now)
        for neighbour in neighbours { try ledger.await("\(neighbour)") }
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: Administrator.actor(for: "\(division)"), action: "rebuild",
            purpose: name))
      }
    }
    let list = neighbours.map { "\($0)" }.joined(separator: " ")
    try console.done(
      ["store": name, "awaited": list], "已新建 \(name)；启动节点后等待这些邻近节点补送：\(list)",
      "made \(name); start the node, and it waits for what these neighbours tell: \(list)")
    return .done
  }
}
