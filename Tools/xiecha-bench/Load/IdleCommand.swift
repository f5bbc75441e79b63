import ArgumentParser
import ExchangeProtos
import Foundation
import NIOCore
import NIOPosix
import RPC

/// What an idle connection costs the server.
struct IdleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "idle", abstract: "Resident memory of a connection that is signed in and idle.")

  @Option(help: "Connections.") var connections = 10_000
  @Option(help: "Sign-ins under way at once.") var atOnce = 64
  @OptionGroup var report: Report

  static let goalKibibytes = 48.0

  func run() async throws {
    Memory.raiseFileLimit()
    let server = try BenchServer.start(["--threads", "1"])
    defer { server.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let signIn = BenchServer.signIn()
    let (endpoint, options) = (server.endpoint, try server.options())
    // One call first: what the server allocates once is not a connection's.
    let first = try await server.connect(signIn, group: group)
    _ = try await first.call(Bench.submit, ClosedLoop.request)
    let before = server.residentKibibytes
    let start = NIODeadline.now()
    let opened = try await withThrowingTaskGroup(of: RPCConnection.self) { tasks in
      var opened: [RPCConnection] = []
      for number in 0..<connections {
        if number >= atOnce, let one = try await tasks.next() { opened.append(one) }
        tasks.addTask {
          try await RPCConnection.connect(
            to: endpoint, signIn: signIn, options: options, group: group)
        }
      }
      for try await one in tasks { opened.append(one) }
      return opened
    }
    let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    let each = (server.residentKibibytes - before) / Double(connections)
    let open = opened.count { $0.isOpen }
    let ratio = String(format: "%.2f", each / IdleCommand.goalKibibytes)
    print("| idle connections | server KiB each | goal | ratio | connected in s |")
    print("|---|---|---|---|---|")
    print(
      "| \(open) | \(String(format: "%.1f", each)) | ≤ 48 | \(ratio) | "
        + String(format: "%.1f", seconds) + " |")
    try await group.shutdownGracefully()
    var results = report.begin("idle")
    try results.add(
      "connections that stay open", Double(open), "connections",
      .must(.atLeast, Double(connections)))
    try results.add("resident", each, "KiB", .must(.atMost, IdleCommand.goalKibibytes))
    try results.finish()
  }
}
