import ExchangeProtos
import NIOCore
import NIOPosix
import RPC
import Wire

/// Keeps a number of calls in flight on each of some connections: the next starts when one ends.
struct ClosedLoop {
  let connections: Int
  let inFlight: Int

  struct Figures {
    var requestsPerSecond: Double
    var p50Microseconds: Double
    var p99Microseconds: Double
    var clientCPUMicroseconds: Double
    var requests: Int
  }

  /// A request of about 400 bytes, as the peers send it.
  static let request: BenchItem = {
    var item = BenchItem()
    item.id = [UInt8](repeating: 7, count: 16)
    item.kind = 1
    item.from = "440306018"
    item.to = "441702102"
    item.name = "王样例"
    item.citizenId = "440726198506153427"
    item.address = String(repeating: "示例路一号", count: 6)
    item.remark = String(repeating: "请核实婚育情况", count: 10)
    item.submittedAt = 1_245_204_000
    item.reasons = [1, 2, 3, 4]
    return item
  }()

  /// Makes about this many requests; how many it made.
  func run(requests: Int, on endpoint: Endpoint, certificates: Certificates) async throws -> Int {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let opened = try await open(endpoint, certificates, group)
    var made = 0
    while made < requests { made += try await measure(opened, seconds: 1).requests }
    for connection in opened { await connection.close() }
    try await group.shutdownGracefully()
    return made
  }

  func run(
    seconds: Int, on endpoint: Endpoint, certificates: Certificates
  ) async throws -> Figures {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let opened = try await open(endpoint, certificates, group)
    _ = try await measure(opened, seconds: 1)
    let figures = try await measure(opened, seconds: seconds)
    for connection in opened { await connection.close() }
    try await group.shutdownGracefully()
    return figures
  }

  private func open(
    _ endpoint: Endpoint, _ certificates: Certificates, _ group: any EventLoopGroup
  ) async throws -> [RPCConnection] {
    let signIn = BenchServer.signIn()
    var opened: [RPCConnection] = []
    for _ in 0..<connections {
      opened.append(
        try await RPCConnection.connect(
          to: endpoint, signIn: signIn,
          options: RPCConnection.Options(
            tls: try certificates.client(), expectedDivision: Certificates.division),
          group: group))
    }
    return opened
  }

  private func measure(_ opened: [RPCConnection], seconds: Int) async throws -> Figures {
    let start = NIODeadline.now()
    let cpu = Processor.ownMicroseconds()
    let end = start + .seconds(Int64(seconds))
    let runs = try await withThrowingTaskGroup(of: Latencies.self) { group in
      for connection in opened {
        group.addTask {
          try await withCheckedThrowingContinuation { done in
            connection.eventLoop.execute {
              let run = Run(connection, until: end, inFlight: inFlight, done: done)
              for _ in 0..<inFlight { run.next() }
            }
          }
        }
      }
      var all = Latencies()
      for try await latencies in group { all.merge(latencies) }
      return all
    }
    let elapsed = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    return Figures(
      requestsPerSecond: Double(runs.count) / elapsed, p50Microseconds: runs.percentile(0.50),
      p99Microseconds: runs.percentile(0.99),
      clientCPUMicroseconds: (Processor.ownMicroseconds() - cpu) / Double(max(1, runs.count)),
      requests: runs.count)
  }

  /// One connection's calls; lives on its event loop.
  private final class Run: @unchecked Sendable {
    private let connection: RPCConnection
    private let end: NIODeadline
    private var left: Int
    private var latencies = Latencies()
    private let done: CheckedContinuation<Latencies, any Error>

    init(
      _ connection: RPCConnection, until end: NIODeadline, inFlight: Int,
      done: CheckedContinuation<Latencies, any Error>
    ) {
      self.connection = connection
      self.end = end
      left = inFlight
      self.done = done
    }

    func next() {
      let start = NIODeadline.now()
      connection.call(Bench.submit, ClosedLoop.request, timeout: nil) { outcome in
        self.ended(start, outcome)
      }
    }

    private func ended(_ start: NIODeadline, _ outcome: Result<BenchAck, CallFailure>) {
      let now = NIODeadline.now()
      latencies.add(nanoseconds: (now - start).nanoseconds)
      if case .failure(let failure) = outcome {
        left -= 1
        if left == 0 { done.resume(throwing: failure) }
      } else if now < end {
        next()
      } else {
        left -= 1
        if left == 0 { done.resume(returning: latencies) }
      }
    }
  }
}
