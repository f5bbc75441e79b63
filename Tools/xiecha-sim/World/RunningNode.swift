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
  private unowned let office: Office
  private unowned let network: Network
  private var tasks: [Task<Void, Never>] = []

  private init(_ ledger: Ledger, _ office: Office, _ network: Network) {
    (self.ledger, self.office, self.network) = (ledger, office, network)
  }

  /// Starts a node on a ledger; `opened` is told as soon as there is one that has to be stepped.
  static func start(
    on path: String, of office: Office, in network: Network, opened: (RunningNode) -> Void
  ) async throws -> RunningNode {
    let ledger = try Ledger(path: path, options: LedgerOptions(stepping: .byHand))
    let running = RunningNode(ledger, office, network)
    opened(running)
    try await running.begin()
    return running
  }

  private func begin() async throws {
    let identity = try office.identity()
    let files = network.certificates.configuration(of: office.division)
    let logger = TraceLines.logger(office.division, network.trace)
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: office.above.flatMap(DivisionCode.init).map { [$0] } ?? [],
      trust: try SignatoryTrust(files), now: { [office] in office.now }, logger: logger)
    if let copied = office.isPutBackFrom {
      // As `xiecha-admin restore` does it, which opens a ledger of its own for that.
      let now = office.now
      try await ledger.commit { try $0.putBack(from: copied, at: now) }
      office.isPutBackFrom = nil
    }
    _ = try await LedgerOwnership.claim(ledger, for: identity.division)
    try await node.sign(by: try SigningKey(files))
    try await office.addAccounts(to: ledger)
    self.node = node
    server = RPCServer(
      methods: node.methods(), authenticator: LedgerAuthenticator(node),
      options: RPCServer.Options(
        tls: try network.certificates.server(office.division), decoySecret: [1, 2, 3]),
      group: network.scheduler.loop, logger: logger)
  }

  /// Begins what a node does by itself: its link to the node above, and another look at what it has
  /// set aside.
  func join() {
    guard let node else { return }
    tasks.append(Task { await SetAsideWatch(node).run() })
    guard let above = office.above, let code = DivisionCode(above),
      let secret = try? office.uplinkSecret(to: above)
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
