import ArgumentParser
import ExchangeRules
import Ledger
import Presentation
import Program

/// `go-on`: operators may write though a neighbour has not told what a restored node lost.
struct GoOnCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "go-on",
    abstract: "放行 · Let a restored node go on, though neighbours are still awaited.",
    discussion: """
      What is done then may have been done before, otherwise: both are kept, one of them counts, and \
      the other waits in the operators' todo with the reason.
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "理由，留痕 · Why; it is kept in the trace.")
  var reason: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reason = try Reason.read(reason)
    let name = store.store
    let awaited = try await store.open { ledger in
      try await ledger.commit { ledger -> [String] in
        let awaited = try ledger.awaited()
        if awaited.isEmpty { return [] }
        try ledger.awaitNobody()
        try ledger.leaveTrace(
          TraceEntry(
            at: SystemClock.milliseconds, actor: Administrator.actor(for: ledger.owner() ?? ""),
            action: "go-on", purpose: reason))
        return awaited
      }
    }
    guard !awaited.isEmpty else {
      throw ProgramFailure(
        .refused, chinese: "\(name) 没有在等待的邻近节点", english: "\(name) waits for no neighbour")
    }
    let list = awaited.joined(separator: " ")
    try console.done(
      ["awaitedNoMore": list], "不再等待 \(list)；已留痕", "waits no longer for \(list); a trace is left")
    return .done
  }
}
