import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import RPC

/// Load past what a server can do.
struct OverloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overload",
    abstract: "Offered load from 1 to 5 times the capacity: what is still answered in time.",
    discussion: """
      workers: the method waits for one of some workers, who keep it for some milliseconds and sleep, \
      so that the capacity is known. processor: the method decodes and encodes its request again and \
      again on the event loop. node: Items/Enter on a county's node and its ledger. The capacity of \
      the last two is measured first, with some calls in flight. Calls wait in the server up to its \
      limit, and the rest is shed. Capacity and load share this machine's cores.
      """)

  @Option(help: "What the calls ask for; all three where none is named.")
  var target: [OverloadTarget.Kind] = []
  @Option(help: "Workers.") var workers = 16
  @Option(help: "Milliseconds that a call keeps its worker.") var work = 4
  @Option(help: "How often the processor's method does its work for each call.") var rounds = 100
  @Option(help: "Waiting calls that the server takes at once; 4096 is what a node is shipped with.")
  var calls = 4096
  @Option(help: "The deadline of each call, in milliseconds.") var deadline = 500
  @Option(help: "Seconds for each load.") var seconds = 6
  @Option(help: "Connections.") var connections = 8
  @Option(help: "Calls in flight on each while the capacity is measured.") var inFlight = 8
  @Option(help: "The folder of the node's store.") var directory = "."
  @OptionGroup var report: Report

  static let factors = [1, 2, 3, 5]
  /// Of the peak, at each load.
  static let goalShare = 0.9

  func run() async throws {
    var results = report.begin("overload")
    for kind in target.isEmpty ? OverloadTarget.Kind.allCases : target {
      try await measure(kind, &results)
    }
    try results.finish()
  }

  private func measure(
    _ kind: OverloadTarget.Kind, _ results: inout Report.Results
  ) async throws {
    let capacity =
      kind == .workers ? workers * 1000 / work : try await run(kind) { await $0.capacity() }
    print(
      "\n\(kind.rawValue): capacity \(capacity)/s; \(calls) calls taken at once; deadline \(deadline) ms"
    )
    print(
      "| offered | × | goodput/s | of the peak | p99 ms of the accepted | shed | hinted | late | other |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    var peak = Double(kind == .workers ? 0 : capacity)
    for factor in OverloadCommand.factors {
      let counts = try await run(kind) { load in
        await load.offer(
          capacity * factor, for: seconds, timeout: .milliseconds(Int64(deadline)))
      }
      let goodput = Double(counts.answered) / Double(seconds)
      peak = max(peak, goodput)
      let p99 = counts.latencies.percentile(0.99) / 1000
      print(
        "| \(capacity * factor) | \(factor) | \(Int(goodput)) | "
          + String(format: "%.0f %% | %.0f", goodput / peak * 100, p99)
          + " | \(counts.shed) | \(counts.hinted) | \(counts.late) | \(counts.other) |")
      let name = "\(kind.rawValue), \(factor) times"
      // At its very capacity a queue has no reserve: what is held against the peak is what is past it.
      try results.add(
        "\(name), goodput", goodput / peak, "of the peak",
        factor == 1 ? nil : .must(.atLeast, OverloadCommand.goalShare))
      try results.add("\(name), p99", p99, "ms")
      try results.add("\(name), late", Double(counts.late), "calls", .must(.atMost, 0))
      try results.add(
        "\(name), shed without a hint", Double(counts.shed - counts.hinted), "calls",
        .must(.atMost, 0))
      try results.add("\(name), failed else", Double(counts.other), "calls", .must(.atMost, 0))
    }
  }

  /// Does something with a fresh server and its connections.
  private func run<Outcome: Sendable>(
    _ kind: OverloadTarget.Kind, _ body: (OfferedLoad) async throws -> Outcome
  ) async throws -> Outcome {
    let target = try OverloadTarget.start(
      kind, calls: calls, workers: workers, work: work, rounds: rounds, directory: directory)
    defer { target.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    var opened: [RPCConnection] = []
    for _ in 0..<connections {
      opened.append(
        try await RPCConnection.connect(
          to: target.endpoint, signIn: target.signIn, options: target.options, group: group))
    }
    let outcome = try await body(
      OfferedLoad(opened, call: target.call, inFlight: inFlight, seconds: seconds))
    for connection in opened { await connection.close() }
    try await group.shutdownGracefully()
    return outcome
  }
}
