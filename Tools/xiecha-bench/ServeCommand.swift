import ArgumentParser
import Credentials
import ExchangeProtos
import Foundation
import Logging
import NIOCore
import NIOPosix
import RPC
import TLS
import Wire

/// The measured server, in a process of its own so that its CPU can be told apart.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "The server of the rpc benchmark.", shouldDisplay: false)

  @Option var certificates: String
  @Option var threads = 2
  /// Waiting calls at once; more are shed.
  @Option var calls = 4096
  /// Of the overload benchmark; 0: answers at once.
  @Option var workers = 0
  /// How long a worker takes, in milliseconds.
  @Option var work = 0
  /// Of the overload benchmark: how often a call's work is done, in a task; 0: as above.
  @Option var rounds = 0
  /// Answers in a task, and an item of this kind never: for floods of streams.
  @Option var endlessKind: UInt32?

  func run() async throws {
    Memory.raiseFileLimit()
    ParentWatch.exitWithParent()
    let methods = methods()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    var options = RPCServer.Options(
      tls: try Certificates(directory: certificates).server(), decoySecret: [1])
    options.calls = calls
    // One account plays all the peers.
    options.connectionsPerAccount = options.connections
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: methods, authenticator: BenchAccounts(),
      options: options, group: group,
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    FileHandle.standardOutput.write(Data("ready \(server.endpoint.port)\n".utf8))
    while true { try await Task.sleep(for: .seconds(3600)) }
  }

  private func methods() -> MethodTable {
    var methods = MethodTable()
    if workers > 0 {
      let pool = WorkerPool(workers: workers)
      let duration = Duration.milliseconds(work)
      methods.answer(Bench.submit) { item, _ in
        try await pool.work(for: duration)
        return BenchAck(of: item)
      }
    } else if rounds > 0 {
      let rounds = rounds
      methods.answer(Bench.submit) { item, _ in
        var item = item
        for _ in 0..<rounds { item = try BenchItem(decoding: item.encoded()) }
        return BenchAck(of: item)
      }
    } else if let endlessKind {
      methods.answer(Bench.submit) { item, _ in
        if item.kind == endlessKind { try await Task.sleep(for: .seconds(3600)) }
        return BenchAck(of: item)
      }
    } else {
      methods.answerAtOnce(Bench.submit) { item, _ throws(CallFailure) in BenchAck(of: item) }
    }
    return methods
  }
}

extension BenchAck {
  init(of item: BenchItem) {
    self.init()
    id = item.id
    sequence = item.submittedAt
    due = item.submittedAt &+ 30 * 86_400
  }
}
