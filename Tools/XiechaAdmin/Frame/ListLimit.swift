import ArgumentParser
import Ledger

/// How many rows a list has, the newest first.
struct ListLimit: ParsableArguments {
  @Option(name: .long, help: "最多几条 · At most this many.")
  var limit = 100

  /// The rows that are asked for: 1 to as many as a ledger gives at once.
  var rows: Int { min(max(limit, 1), LedgerLimits.pageRows) }
}
