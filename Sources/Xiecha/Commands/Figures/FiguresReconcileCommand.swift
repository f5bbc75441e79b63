import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha figures reconcile`.
struct FiguresReconcileCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "核对两个节点的数字 · Compare what two nodes count, item by item.",
    discussion: """
      用两次登录（如县、省）查询同一单位同一周期，逐条列出不同之处及原因。不同时退出码为 1。
      Asks two nodes by two sign-ins, such as the county's and the province's, for the same division \
      and cycle, and lists each item that differs, and why. The exit code is 1 where one does.
      """)

  @OptionGroup var asked: FigureOptions

  @Option(help: "另一次登录 · The other sign-in.")
  var with: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (cycle, division) = (try asked.chosenCycle(), try asked.division())
    let first = try await NodeSession.with(profile: profile.profile) { node in
      (node.profile.division, try await node.countedItems(of: cycle, in: division))
    }
    let second = try await NodeSession.with(profile: with) { node in
      (node.profile.division, try await node.countedItems(of: cycle, in: division))
    }
    let view = ReconcileView(first: first, second: second)
    try console.show(view.page(in: console.language))
    return view.lines.isEmpty ? .done : .refused
  }
}
