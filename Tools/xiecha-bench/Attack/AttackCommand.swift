import ArgumentParser
import ExchangeProtos
import Foundation
import NIOCore
import NIOPosix
import RPC

/// What attacks cost a healthy client, and the server's memory.
struct AttackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack",
    abstract: "A healthy client's p99 and the server's memory under each attack.",
    discussion: """
      The healthy client calls at a steady rate. The attackers share this machine's cores with it and \
      with the server, at a lower priority; each comes back at once when the server ends its \
      connection. The last column says how often connections ended, and the server's reason.
      """)

  /// An item of this kind is never answered.
  static let endlessKind: UInt32 = 77

  @Option(help: "Attackers at once.") var attackers = 16
  @Option(help: "Seconds of each attack.") var seconds = 12
  @Option(help: "Microseconds between the healthy client's calls.") var every = 2_000
  @Option(help: "Only these attacks.") var attack: [Attack] = []
  @OptionGroup var history: History

  func run() async throws {
    print(
      "| attack | attackers | healthy p99 ms | × baseline | failed | server KiB before → after | ended |"
    )
    print("|---|---|---|---|---|---|---|")
    var baseline: Double?
    for attack in [nil] + (attack.isEmpty ? Attack.allCases : attack).map(Optional.some) {
      let p99 = try await measure(attack, baseline: baseline)
      baseline = baseline ?? p99
    }
  }

  private func measure(_ attack: Attack?, baseline: Double?) async throws -> Double {
    let server = try BenchServer.start(["--threads", "2", "--endless-kind", "\(Self.endlessKind)"])
    defer { server.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let healthy = try await server.connect(group: group)
    for _ in 0..<200 { _ = try await healthy.call(Bench.submit, ClosedLoop.request) }
    let before = server.residentKibibytes
    let probe = Probe(
      healthy, every: .microseconds(Int64(every)), timeout: .seconds(1),
      request: ClosedLoop.request)
    let probing = Task { await probe.run() }
    let ended = try await attacked(by: attack, server)
    let after = server.residentKibibytes
    probe.stop()
    let figures = await probing.value
    await healthy.close()
    try await group.shutdownGracefully()
    let p99 = figures.latencies.percentile(0.99) / 1000
    let ratio = p99 / (baseline ?? p99)
    print(
      "| \(attack?.rawValue ?? "none") | \(attack == nil ? 0 : attackers) | "
        + String(format: "%.2f | %.1f", p99, ratio)
        + " | \(figures.failed) | \(Int(before)) → \(Int(after)) | \(ended) |")
    try history.add("attack", attack?.rawValue ?? "none", p99, "ms", goal: baseline)
    return p99
  }

  /// Waits while the attack lasts; how its connections ended.
  private func attacked(by attack: Attack?, _ server: BenchServer) async throws -> String {
    guard let attack else {
      try await Task.sleep(for: .seconds(min(seconds, 5)))
      return ""
    }
    let arguments = [
      "attack-peer", "--attack", attack.rawValue, "--certificates",
      server.certificates.directory, "--port", "\(server.endpoint.port)", "--attackers",
      "\(attackers)", "--seconds", "\(seconds)",
    ]
    return try await withCheckedThrowingContinuation { done in
      Thread.detachNewThread {
        done.resume(with: Result { try Subprocess.run(CommandLine.arguments[0], arguments) })
      }
    }.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
