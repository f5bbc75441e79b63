import ArgumentParser
import ExchangeRules
import NIOCore
import NIOPosix
import Presentation
import Program

/// `doctor`: looks at a node from inside and outside, and says the remedy for what it finds.
struct DoctorCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "体检 · Look at a node from inside and outside; the remedy for each finding.",
    discussion: """
      Looks at the files' permissions, disk, clock, certificates, the ledger with its backups, its \
      calendar and its links, and dials the node and its neighbours as the node does. Ends with 5 \
      where something is to be done, with 0 where nothing is. Run it as root, or as the node's user.
      """)

  @Argument(help: "节点的配置文件 · The node's configuration, such as /etc/xiecha/440306.json.")
  var config: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let node = try ExaminedNode(file: config)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let outside = await ReachabilityChecks(node: node, group: group).findings()
    try? await group.shutdownGracefully()
    let findings =
      MachineChecks(node: node).findings()
      + TrustChecks(node: node, now: SystemClock.seconds).findings()
      + (await LedgerChecks(node: node, now: SystemClock.milliseconds).findings()) + outside
    func choose(_ text: BilingualText) -> String { console.text(text.chinese, text.english) }
    try console.list(
      findings,
      [
        TextTable.Column("", isWhole: true),
        TextTable.Column(console.text("项目", "what"), isWhole: true),
        TextTable.Column(console.text("情况", "found")),
        TextTable.Column(console.text("办法", "remedy")),
      ]
    ) { finding in
      [mark(finding.state), finding.area, finding.text(choose), finding.remedy(choose)]
    }
    return findings.allSatisfy { $0.state == .good } ? .done : .partlyDone
  }

  private func mark(_ state: Finding.State) -> String {
    switch state {
    case .good: "✓"
    case .soon: "!"
    case .bad: "✗"
    }
  }
}
