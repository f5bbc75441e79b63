import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import RPC
import TLS

/// What a request costs the server in processor time, beside its floor in the same build and run.
struct CostCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "The server's CPU for a request, over that of the same messages through TLS alone.",
    discussion: """
      The floor is a server of the same build that takes the same messages through the same TLS, \
      decodes them and encodes the answers: what is above it is the protocol's own. Both are \
      measured in turn, and the least of each counts: what else runs on the machine adds to either, \
      and takes from none. The gates are those of a debug build, which CI has.
      """)

  @Option(help: "How often each is measured, for a second.") var rounds = 3
  @OptionGroup var report: Report

  /// How many requests are in flight, and the goal.
  #if DEBUG
    static let arrangements: [(Int, Report.Goal?)] = [
      (1, .must(.atMost, 1.5)), (64, .must(.atMost, 1.7)),
    ]
  #else
    // Optimised, the messages cost less and the protocol's share is another: it only tells.
    static let arrangements: [(Int, Report.Goal?)] = [(1, nil), (64, nil)]
  #endif

  func run() async throws {
    var results = report.begin("cost")
    let certificates = try Certificates.create()
    defer { certificates.remove() }
    print("| in flight | server CPU µs | the floor | ratio |")
    print("|---|---|---|---|")
    for (inFlight, goal) in CostCommand.arrangements {
      var own = Double.infinity
      var floor = Double.infinity
      for _ in 0..<rounds {
        own = min(own, try await self.own(inFlight, certificates))
        floor = min(floor, try await bare(inFlight, certificates))
      }
      let texts = [own, floor, own / floor].map { String(format: "%.2f", $0) }
      print("| \(inFlight) | \(texts.joined(separator: " | ")) |")
      try results.add("\(inFlight) in flight, over the floor", own / floor, "times", goal)
    }
    try results.finish()
  }

  private func own(_ inFlight: Int, _ certificates: Certificates) async throws -> Double {
    let server = try Subprocess(
      CommandLine.arguments[0],
      ["serve", "--certificates", certificates.directory, "--threads", "1"])
    defer { server.stop() }
    guard let port = Int(try server.waitUntilReady()) else { throw Subprocess.Ended() }
    let loop = ClosedLoop(connections: 1, inFlight: inFlight)
    let endpoint = Endpoint(host: "127.0.0.1", port: port)
    let before = Processor.microseconds(of: server.identifier)
    let made = try await loop.run(requests: 1, on: endpoint, certificates: certificates)
    return (Processor.microseconds(of: server.identifier) - before) / Double(made)
  }

  private func bare(_ inFlight: Int, _ certificates: Certificates) async throws -> Double {
    let server = try Subprocess(
      CommandLine.arguments[0], ["serve-bare", "--certificates", certificates.directory])
    defer { server.stop() }
    guard let port = Int(try server.waitUntilReady()) else { throw Subprocess.Ended() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let context = try certificates.client()
    let (channel, end) = try await ClientBootstrap(group: group)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let end = BareEnd.client(inFlight: inFlight)
          try channel.pipeline.syncOperations.addHandlers(
            TLSHandler(context: context, expectedPeerDivision: Certificates.division), end)
          return (channel, NIOLoopBound(end, eventLoop: channel.eventLoop))
        }
      }
    let before = Processor.microseconds(of: server.identifier)
    try await Task.sleep(for: .seconds(1))
    let cpu = Processor.microseconds(of: server.identifier) - before
    let made = try await channel.eventLoop.submit { end.value.count }.get()
    try await channel.close()
    try await group.shutdownGracefully()
    return cpu / Double(made)
  }
}
