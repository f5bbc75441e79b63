import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import RPC
import Wire

/// All nodes lose their connection at once and come back.
struct StormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "storm", abstract: "All connections are cut at once, and all come back at once.",
    discussion: """
      Both ends run on this machine, so half of the work counted is that of the nodes. A healthy \
      connection calls meanwhile, each call with a deadline of a second.
      """)

  @Option(help: "Nodes.") var nodes = 3_000
  @OptionGroup var report: Report

  static let goalSeconds = 15.0

  func run() async throws {
    Memory.raiseFileLimit()
    var results = report.begin("storm")
    print("| storm of \(nodes) | all back in s | goal | ratio | healthy calls | late | worst ms |")
    print("|---|---|---|---|---|---|---|")
    for (name, resumes, jitters) in [
      ("full handshakes, no jitter", false, false), ("resumed, no jitter", true, false),
      ("resumed, with the backoff's jitter", true, true),
    ] {
      try await measure(name, resumes: resumes, jitters: jitters, &results)
    }
    try results.finish()
  }

  private func measure(
    _ name: String, resumes: Bool, jitters: Bool, _ results: inout Report.Results
  ) async throws {
    let server = try BenchServer.start(["--threads", "1"])
    defer { server.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let healthyGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let healthy = try await server.connect(group: healthyGroup)
    let storm = Storm(
      endpoint: server.endpoint, options: try server.options(), signIn: BenchServer.signIn(),
      group: group,
      jitters: jitters)
    let first = try await storm.connect(nodes, atOnce: 64)
    await Storm.close(first)
    let probe = Probe(
      healthy, every: .milliseconds(5), timeout: .seconds(1), request: ClosedLoop.request)
    let probing = Task { await probe.run() }
    let again = resumes ? storm : try storm.withoutSessions(of: server)
    let start = NIODeadline.now()
    let back = try await again.connect(nodes, atOnce: nodes)
    let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    probe.stop()
    let figures = await probing.value
    let open = back.count { $0.isOpen }
    print(
      "| \(name)\(open == nodes ? "" : ", \(open) open") | \(String(format: "%.1f", seconds)) | "
        + "≤ 15 | \(String(format: "%.2f", seconds / StormCommand.goalSeconds)) | "
        + "\(figures.answered) | \(figures.failed) | "
        + String(format: "%.0f", figures.latencies.percentile(1) / 1000) + " |")
    try results.add(name, seconds, "s", .must(.atMost, StormCommand.goalSeconds))
    try results.add("\(name), open", Double(open), "nodes", .must(.atLeast, Double(nodes)))
    try results.add("\(name), late calls", Double(figures.failed), "calls", .must(.atMost, 0))
    await Storm.close(back)
    try await group.shutdownGracefully()
    try await healthyGroup.shutdownGracefully()
  }
}

/// Nodes that connect at once.
struct Storm: Sendable {
  let endpoint: Endpoint
  var options: RPCConnection.Options
  let signIn: SignIn
  let group: MultiThreadedEventLoopGroup
  let jitters: Bool

  /// The same with nothing to resume.
  func withoutSessions(of server: BenchServer) throws -> Storm {
    var storm = self
    storm.options = try server.options()
    return storm
  }

  /// Opens connections, each tried again as a node does until it stands.
  func connect(_ nodes: Int, atOnce: Int) async throws -> [RPCConnection] {
    try await withThrowingTaskGroup(of: RPCConnection.self) { tasks in
      var opened: [RPCConnection] = []
      for number in 0..<nodes {
        if number >= atOnce, let one = try await tasks.next() { opened.append(one) }
        tasks.addTask { try await connect(waits: jitters && atOnce == nodes) }
      }
      for try await one in tasks { opened.append(one) }
      return opened
    }
  }

  static func close(_ connections: [RPCConnection]) async {
    await withTaskGroup(of: Void.self) { tasks in
      for connection in connections { tasks.addTask { await connection.close() } }
    }
  }

  private func connect(waits: Bool) async throws -> RPCConnection {
    var backoff = Backoff()
    if waits { try await Task.sleep(for: backoff.next()) }
    while true {
      do throws(CallFailure) {
        return try await RPCConnection.connect(
          to: endpoint, signIn: signIn, options: options, group: group)
      } catch {
        guard error.status == .unavailable else { throw error }
      }
      try await Task.sleep(for: backoff.next())
    }
  }
}
