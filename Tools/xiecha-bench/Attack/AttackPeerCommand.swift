import ArgumentParser
import Foundation
import Glibc
import NIOCore
import NIOPosix
import RPC
import Synchronization
import TLS

/// The attackers, in a process of their own and at a lower priority: they would not run on the
/// server's machine.
struct AttackPeerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack-peer", abstract: "The attackers of the attack benchmark.",
    shouldDisplay: false)

  @Option var attack: Attack
  @Option var certificates: String
  @Option var port: Int
  @Option var attackers: Int
  @Option var seconds: Int

  func run() async throws {
    ParentWatch.exitWithParent()
    Memory.raiseFileLimit()
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    let tally = Tally()
    let tls = try Certificates(directory: certificates).client()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let end = NIODeadline.now() + .seconds(Int64(seconds))
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<attackers {
        tasks.addTask { await again(until: end, tls, group, tally) }
      }
    }
    print(tally.line)
    Glibc.exit(0)
  }

  /// Comes back each time that the server has ended the connection.
  private func again(
    until end: NIODeadline, _ tls: TLSContext, _ group: any EventLoopGroup, _ tally: Tally
  ) async {
    while NIODeadline.now() < end {
      let attack = attack
      do {
        let loop = group.next()
        let channel = try await ClientBootstrap(group: loop)
          .channelOption(.tcpOption(.tcp_nodelay), value: 1)
          .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              if attack.usesTLS {
                try channel.pipeline.syncOperations.addHandler(
                  TLSHandler(context: tls, expectedPeerDivision: nil))
              }
              try channel.pipeline.syncOperations.addHandler(AttackHandler(attack))
            }
          }
          .connect(host: "127.0.0.1", port: port).get()
        let handler = try await loop.submit {
          NIOLoopBound(
            try channel.pipeline.syncOperations.handler(type: AttackHandler.self),
            eventLoop: loop)
        }.get()
        let timer = loop.scheduleTask(deadline: end) { channel.close(mode: .all, promise: nil) }
        try? await channel.closeFuture.get()
        timer.cancel()
        let reason = try await loop.submit { handler.value.reason }.get()
        tally.ended(reason, byServer: NIODeadline.now() < end)
      } catch {
        tally.ended("refused", byServer: true)
        try? await Task.sleep(for: .milliseconds(10))
      }
    }
  }
}

/// How connections ended.
private final class Tally: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  func ended(_ reason: String, byServer: Bool) {
    let word =
      byServer
      ? (reason.isEmpty ? "closed" : reason) : reason.isEmpty ? "held" : "held, \(reason)"
    counts.withLock { $0[word, default: 0] += 1 }
  }

  var line: String {
    counts.withLock { counts in
      counts.sorted { $0.value > $1.value }.map { "\($0.value) × \($0.key)" }
        .joined(separator: "; ")
    }
  }
}
