import Credentials
import Exchange
import ExchangeRules
import Ledger
import NIOCore
import RPC
import ReferenceData
import TLS
import TestTLS

/// A node while it runs: put together as `xiecha-node` does it, over a ledger that is stepped by hand.
final class RunningNode: @unchecked Sendable {
  let ledger: Ledger
  private(set) var node: Node?
  private(set) var server: RPCServer?
  private let site: Site
  private var tasks: [Task<Void, Never>] = []

  private init(_ ledger: Ledger, _ site: Site) {
    (self.ledger, self.site) = (ledger, site)
  }

  /// Starts a node on a ledger; `opened` is told as soon as there is one that has to be stepped.
  static func start(
    on path: String, at site: Site, opened: (RunningNode) -> Void
  ) async throws -> RunningNode {
    if site.isSealed, try SealStanding(of: path) == nil {
      try SecretKeyFile(for: .store, madeOn: "2026-11-28").write(
        to: path + ".store-key", overwrite: false)
      _ = try Ledger.seal(path, with: path + ".store-key", on: "2026-11-28")
    }
    let ledger = try Ledger(path: path, options: LedgerOptions(stepping: .byHand))
    let running = RunningNode(ledger, site)
    opened(running)
    try await running.begin()
    return running
  }

  private func begin() async throws {
    let identity = try site.identity()
    let files = site.network.certificates.configuration(of: site.division)
    let logger = TraceLines.logger(site.division, site.network.trace)
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: site.above.flatMap(DivisionCode.init).map { [$0] } ?? [],
      trust: try SignatoryTrust(files), now: { [site] in site.now }, logger: logger)
    if let copied = site.isPutBackFrom {
      // As `xiecha-admin restore` does it, which opens a ledger of its own for that.
      let now = site.now
      try await ledger.commit { try $0.putBack(from: copied, at: now) }
      site.isPutBackFrom = nil
    }
    _ = try await LedgerOwnership.claim(ledger, for: identity.division)
    try await node.sign(by: try SigningKey(files))
    try await site.addAccounts(to: ledger)
    self.node = node
    server = RPCServer(
      methods: node.methods(), authenticator: LedgerAuthenticator(node),
      options: RPCServer.Options(
        tls: try site.network.certificates.server(site.division), decoySecret: [1, 2, 3]),
      group: site.network.scheduler.loop, logger: logger)
  }

  /// Begins what a node does by itself: its link to the node above, and another look at what it has
  /// set aside.
  func join() {
    guard let node else { return }
    tasks.append(Task { await SetAsideWatch(node).run() })
    guard let above = site.above, let code = DivisionCode(above),
      let secret = try? site.uplinkSecret(to: above)
    else { return }
    let uplink = Uplink(node, to: code, secret: secret)
    tasks.append(Task { await uplink.run() })
  }

  /// Ends its links and its calls as a node does that is stopped.
  func drain() async {
    node?.leaveLinks()
    for task in tasks { task.cancel() }
    await server?.drain(within: .seconds(1))
  }

  /// Ends what is left, and closes the ledger.
  func close() async {
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    try? ledger.close()
  }
}
