import ArgumentParser
import Exchange
import Foundation
import Logging
import NIOPosix
import RPC
import TestNodes

/// A whole node in a process of its own, as `xiecha-node` runs it: ledger, server, link.
struct ServeNodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-node", abstract: "A node of the relay benchmark.", shouldDisplay: false)

  @Option var directory: String
  @Option var kind: String
  @Option var division: String
  @Option var above: String?
  @Option var aboveEndpoint: String?
  @Option var below: [String] = []
  @Option var started: Int64
  /// Waiting calls at once; more are shed.
  @Option var calls = 4096

  func run() async throws {
    ParentWatch.exitWithParent()
    guard let kind = NodeIdentity.Kind(rawValue: kind) else {
      throw ValidationError("no such kind")
    }
    let place = RelayPlace(directory: directory, started: started)
    var setup = TestNode.Setup(kind, division, certificates: place.certificates, now: place.now)
    setup.above = above
    setup.below = below.map { ($0, .county) }
    setup.account = RelayPlace.operatorName
    setup.calls = calls
    setup.logger = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
    // Links and ends of connections are what is measured, and no news.
    setup.logger.logLevel = .warning
    setup.group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let node = try await TestNode(setup)
    FileHandle.standardOutput.write(Data("ready \(node.server.endpoint.port)\n".utf8))
    if let endpoint = aboveEndpoint.flatMap({ Endpoint($0) }) {
      try node.joinAbove { endpoint }
    }
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
