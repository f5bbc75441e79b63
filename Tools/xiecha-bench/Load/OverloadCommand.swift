import ArgumentParser
import ExchangeProtos
import Foundation
import NIOCore
import NIOPosix
import RPC
import Synchronization
import Wire

/// Load past what a server can do.
struct OverloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overload",
    abstract: "Offered load from 1 to 5 times the capacity: what is still answered in time.",
    discussion: """
      The server's method waits for one of some workers and keeps it for some milliseconds, so that \
      its capacity is known; calls wait in the server up to its limit, and the rest is shed.
      """)

  @Option(help: "Workers.") var workers = 16
  @Option(help: "Milliseconds that a call keeps its worker.") var work = 4
  @Option(help: "Waiting calls that the server takes at once.") var calls = 512
  @Option(help: "The deadline of each call, in milliseconds.") var deadline = 500
  @Option(help: "Seconds for each load.") var seconds = 4
  @Option(help: "Connections.") var connections = 8
  @OptionGroup var history: History

  func run() async throws {
    let capacity = workers * 1000 / work
    print(
      "capacity \(capacity)/s: \(workers) workers of \(work) ms; \(calls) calls taken at once; "
        + "deadline \(deadline) ms")
    print(
      "| offered | × | goodput/s | of the peak | p99 ms of the accepted | shed | hinted | late |")
    print("|---|---|---|---|---|---|---|---|")
    var peak = 0.0
    for factor in [1, 2, 3, 5] {
      let server = try BenchServer.start([
        "--threads", "1", "--calls", "\(calls)", "--workers", "\(workers)", "--work", "\(work)",
      ])
      defer { server.stop() }
      let counts = try await offer(capacity * factor, to: server)
      let goodput = Double(counts.answered) / Double(seconds)
      peak = max(peak, goodput)
      let p99 = counts.latencies.percentile(0.99) / 1000
      print(
        "| \(capacity * factor) | \(factor) | \(Int(goodput)) | "
          + String(format: "%.0f %% | %.0f", goodput / peak * 100, p99)
          + " | \(counts.shed) | \(counts.hinted) | \(counts.late) |")
      try history.add(
        "overload", "goodput at \(factor) times", goodput / peak, "of the peak", goal: 0.9)
      try history.add("overload", "p99 at \(factor) times", p99, "ms", goal: Double(deadline))
    }
  }

  private func offer(_ perSecond: Int, to server: BenchServer) async throws -> OfferedLoad.Counts {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let signIn = BenchServer.signIn()
    var opened: [RPCConnection] = []
    for _ in 0..<connections { opened.append(try await server.connect(signIn, group: group)) }
    let load = OfferedLoad(
      opened, perSecond: perSecond, calls: perSecond * seconds,
      timeout: .milliseconds(Int64(deadline)))
    let counts = await load.run()
    for connection in opened { await connection.close() }
    try await group.shutdownGracefully()
    return counts
  }
}

/// Calls at a rate that does not depend on the answers; lives on one event loop.
final class OfferedLoad: @unchecked Sendable {
  struct Counts: Sendable {
    /// Of the calls that were answered.
    var latencies = Latencies()
    var answered = 0
    var shed = 0
    /// Shed with the time after which to try again.
    var hinted = 0
    var late = 0
    var other = 0
    var ended: Int { answered + shed + late + other }
  }

  // Touched on the connections' loop only.
  private let connections: [RPCConnection]
  private let perSecond: Int
  private let calls: Int
  private let timeout: TimeAmount
  private var counts = Counts()
  private var begun = 0
  private var start = NIODeadline.now()
  private var done: CheckedContinuation<Counts, Never>?

  init(_ connections: [RPCConnection], perSecond: Int, calls: Int, timeout: TimeAmount) {
    self.connections = connections
    self.perSecond = perSecond
    self.calls = calls
    self.timeout = timeout
  }

  func run() async -> Counts {
    await withCheckedContinuation { done in
      connections[0].eventLoop.execute {
        self.done = done
        self.start = .now()
        self.step()
      }
    }
  }

  private func step() {
    let elapsed = (NIODeadline.now() - start).nanoseconds
    let due = min(calls, Int(elapsed) / 1_000_000 * perSecond / 1_000)
    while begun < due { call() }
    guard begun < calls else { return }
    connections[0].eventLoop.scheduleTask(in: .milliseconds(1)) { self.step() }
  }

  private func call() {
    let asked = NIODeadline.now()
    let connection = connections[begun % connections.count]
    begun += 1
    connection.call(Bench.submit, ClosedLoop.request, timeout: timeout) { outcome in
      self.ended(asked, outcome)
    }
  }

  private func ended(_ asked: NIODeadline, _ outcome: Result<BenchAck, CallFailure>) {
    switch outcome {
    case .success:
      counts.answered += 1
      counts.latencies.add(nanoseconds: (NIODeadline.now() - asked).nanoseconds)
    case .failure(let failure):
      switch failure.status {
      case .resourceExhausted:
        counts.shed += 1
        if failure.retryAfterMilliseconds > 0 { counts.hinted += 1 }
      case .deadlineExceeded: counts.late += 1
      default: counts.other += 1
      }
    }
    if counts.ended == calls { done?.resume(returning: counts) }
  }
}
