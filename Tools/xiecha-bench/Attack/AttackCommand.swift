import ArgumentParser
import ExchangeProtos
import Foundation
import NIOCore
import NIOPosix
import RPC

/// What attacks cost healthy clients, and the server's memory.
struct AttackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack",
    abstract:
      "A healthy client's p99, another's sign-in and the server's memory under each attack.",
    discussion: """
      One healthy client is signed in and calls at a steady rate; others arrive at a steady rate, each \
      with a connection of its own, a whole handshake and a sign-in. The attackers share this \
      machine's cores with them and with the server, at a lower priority; each comes back at once when \
      the server ends its connection. × is the ratio to the quiet baseline. The last column says how \
      often the attackers' connections ended, and the server's reason.
      """)

  /// An item of this kind is never answered.
  static let endlessKind: UInt32 = 77
  /// What an attack may add to the server's resident memory, in MiB.
  ///
  /// An attacker can make a connection hold twice `WireLimits.waitingOutputBytes` of output and as
  /// much in streams.
  static let goalMebibytesAnAttacker = 16

  @Option(help: "Attackers at once.") var attackers = 16
  @Option(help: "Seconds of each attack.") var seconds = 12
  @Option(help: "Microseconds between the healthy client's calls.") var every = 2_000
  @Option(help: "Milliseconds between the healthy sign-ins.") var signInEvery = 50
  @Option(help: "Only these attacks.") var attack: [Attack] = []
  @OptionGroup var report: Report

  func run() async throws {
    var results = report.begin("attack")
    print(
      "| attack | healthy p99 ms | × | failed | sign-in p50 ms | × | p99 ms | × | failed "
        + "| server KiB before → after | ended |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    let quiet = try await measure(nil)
    try tell("none", quiet, beside: quiet, &results)
    for attack in attack.isEmpty ? Attack.allCases : attack {
      try tell(attack.rawValue, try await measure(attack), beside: quiet, &results)
    }
    try results.finish()
  }

  /// What was seen during one attack.
  private struct Figures {
    var call: Probe.Figures
    var signIn: Probe.Figures
    /// Resident memory of the server, in KiB.
    var before: Double
    var after: Double
    var ended: String

    /// In milliseconds.
    var callP99: Double { call.latencies.percentile(0.99) / 1000 }
    var signInP50: Double { signIn.latencies.percentile(0.5) / 1000 }
    var signInP99: Double { signIn.latencies.percentile(0.99) / 1000 }
  }

  private func measure(_ attack: Attack?) async throws -> Figures {
    let server = try BenchServer.start(["--threads", "2", "--endless-kind", "\(Self.endlessKind)"])
    defer { server.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let healthy = try await server.connect(group: group)
    for _ in 0..<200 { _ = try await healthy.call(Bench.submit, ClosedLoop.request) }
    let before = server.residentKibibytes
    let probe = Probe(
      healthy, every: .microseconds(Int64(every)), timeout: .seconds(1),
      request: ClosedLoop.request)
    let arrivals = SignInProbe(server, every: .milliseconds(signInEvery), group: group)
    let probing = Task { await probe.run() }
    let arriving = Task { await arrivals.run() }
    let ended = try await attacked(by: attack, server)
    let after = server.residentKibibytes
    probe.stop()
    arrivals.stop()
    let figures = Figures(
      call: await probing.value, signIn: await arriving.value, before: before, after: after,
      ended: ended)
    await healthy.close()
    try await group.shutdownGracefully()
    return figures
  }

  private func tell(
    _ name: String, _ figures: Figures, beside quiet: Figures, _ results: inout Report.Results
  ) throws {
    let cells = [
      (figures.callP99, quiet.callP99, " | \(figures.call.failureText)"),
      (figures.signInP50, quiet.signInP50, ""),
      (figures.signInP99, quiet.signInP99, " | \(figures.signIn.failureText)"),
    ].map { value, quiet, failures in
      String(format: "%.2f | %.1f", value, value / quiet) + failures
    }
    print(
      "| \(name) | " + cells.joined(separator: " | ")
        + " | \(Int(figures.before)) → \(Int(figures.after)) | \(figures.ended) |")
    for (figure, value, quiet) in [
      ("call p99", figures.callP99, quiet.callP99),
      ("sign-in p50", figures.signInP50, quiet.signInP50),
      ("sign-in p99", figures.signInP99, quiet.signInP99),
    ] {
      try results.add("\(name), \(figure)", value, "ms")
      try results.add("\(name), \(figure) over the quiet one", value / quiet, "times")
    }
    try results.add(
      "\(name), failed calls", Double(figures.call.failed), "calls", .must(.atMost, 0))
    try results.add(
      "\(name), failed sign-ins", Double(figures.signIn.failed), "sign-ins", .must(.atMost, 0))
    try results.add(
      "\(name), memory added", (figures.after - figures.before) / 1024, "MiB",
      .must(.atMost, Double(AttackCommand.goalMebibytesAnAttacker * attackers)))
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
