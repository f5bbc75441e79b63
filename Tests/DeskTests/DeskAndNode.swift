import Exchange
import Foundation
import Logging
import NIOCore
import RPC
import Synchronization
import TestNodes
import TestSupport
import TestTLS
import Testing

@testable import XiechaDesk

/// A county's real node and a real desk before it, on loopback with real TLS.
final class DeskAndNode {
  static let division = "440306"
  static let account = "wang"

  let folder: TemporaryFolder
  let node: TestNode
  let desk: Desk
  let port: Int
  /// Milliseconds that the desk's clock is ahead.
  let ahead: Ahead
  private let task: Task<Void, any Error>

  /// A clock that a test moves.
  final class Ahead: Sendable {
    let milliseconds = Mutex<Int64>(0)

    func move(minutes: Int64) { milliseconds.withLock { $0 += minutes * 60_000 } }
  }

  /// A desk before a county's node, or before another's.
  init(
    _ kind: NodeIdentity.Kind = .county, _ division: String = DeskAndNode.division
  ) async throws {
    folder = try TemporaryFolder()
    let certificates = try TestCertificates.create(
      in: folder.path, for: [division])
    var setup = TestNode.Setup(
      kind, division, certificates: certificates,
      now: { Int64(Date().timeIntervalSince1970 * 1000) })
    setup.name = "宝安区"
    setup.account = DeskAndNode.account
    node = try await TestNode(setup)
    let ahead = Ahead()
    self.ahead = ahead
    let desk = try Desk(
      DeskSettings(
        listen: Endpoint(host: "127.0.0.1", port: 0),
        identity: DeskSettings.Identity(
          certificateFile: "\(folder.path)/\(division).pem",
          keyFile: "\(folder.path)/\(division).key"),
        node: "\(node.server.endpoint)", division: division,
        trust: certificates.trustRootsFile),
      now: { Int64(Date().timeIntervalSince1970 * 1000) + ahead.milliseconds.withLock { $0 } },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.desk = desk
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    task = Task {
      defer { told.finish() }
      try await desk.run(stopsOnSignals: false) { told.yield($0) }
    }
    var listening: Int?
    for await port in ports {
      listening = port
      break
    }
    port = try #require(listening)
  }

  func browser() throws -> Browser {
    try Browser(port: port, trust: "\(folder.path)/authority.pem")
  }

  /// A browser whose clerk has signed in.
  func signedIn(as account: String = DeskAndNode.account) async throws -> Browser {
    let browser = try browser()
    let reply = try await browser.post(
      "/sign-in",
      [("account", account), ("password", TestNode.password), ("lang", "zh"), ("next", "/todo")])
    try #require(reply.status == 303)
    return browser
  }

  func stop() async throws {
    task.cancel()
    _ = try? await task.value
    try await node.kill()
  }
}
