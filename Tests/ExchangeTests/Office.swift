import Credentials
import Exchange
import ExchangeProtos
import ExchangeRules
import Foundation
import Ledger
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import ReferenceData
import TLS
import Wire

/// One office of a test network: a node with its own store, its server, its operator, and its link.
final class Office: Sendable {
  static let group = MultiThreadedEventLoopGroup.singleton
  static let password = "correct horse battery"
  static let verifier = ScramVerifier(password: password, iterations: 4096).text

  let network: TestNetwork
  let kind: NodeIdentity.Kind
  let division: String
  let above: String?
  private let running = NIOLockedValueBox<Running?>(nil)

  private struct Running {
    let node: Node
    let server: RPCServer
    let link: Task<Void, Never>?
  }

  init(_ network: TestNetwork, _ kind: NodeIdentity.Kind, _ division: String, above: String?) {
    self.network = network
    self.kind = kind
    self.division = division
    self.above = above
  }

  var node: Node {
    get throws {
      guard let running = running.withLockedValue(\.self) else { throw Stopped() }
      return running.node
    }
  }

  var endpoint: Endpoint? { running.withLockedValue { $0?.server.endpoint } }

  struct Stopped: Error {}

  /// Starts the node on its store, as after a restart.
  func start(profile: RuleProfile = .provincial2009) async throws {
    guard let code = DivisionCode(division),
      let identity = NodeIdentity(kind: kind, division: code, name: division, profile: profile)
    else { throw Stopped() }
    let ledger = try Ledger(path: "\(network.directory)/\(division).sqlite")
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: above.flatMap(DivisionCode.init).map { [$0] } ?? [], now: network.now(at: division),
      logger: network.logger)
    try await addAccounts(to: ledger)
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: node.methods(),
      authenticator: LedgerAuthenticator(node),
      options: RPCServer.Options(
        tls: try network.context(of: division, server: true), decoySecret: [1, 2, 3]),
      group: Office.group, logger: network.logger)
    running.withLockedValue { $0 = Running(node: node, server: server, link: link(node)) }
  }

  /// Stops it as a killed process stops: no farewell, the store as it is.
  func kill() async throws {
    let running = running.withLockedValue { running in
      defer { running = nil }
      return running
    }
    running?.link?.cancel()
    await running?.server.drain(within: .milliseconds(1))
    await running?.link?.value
    try running?.node.ledger.close()
  }

  private func link(_ node: Node) -> Task<Void, Never>? {
    guard let above, let code = DivisionCode(above) else { return nil }
    let (network, division) = (network, division)
    let signIn = SignIn(name: NodeIdentity.account(of: division), password: Office.password)
    return Task {
      await Uplink(
        node, to: code,
        connect: {
          guard network.isOpen(division), let endpoint = network[above].endpoint else {
            throw Stopped()
          }
          return try await RPCConnection.connect(
            to: endpoint, signIn: signIn,
            options: RPCConnection.Options(
              tls: try network.context(of: division, server: false), expectedDivision: above),
            group: Office.group)
        }, pause: { _ in try await Task.sleep(for: .milliseconds(2)) },
        poll: { try await Task.sleep(for: .milliseconds(20)) }
      ).run()
    }
  }

  private func addAccounts(to ledger: Ledger) async throws {
    let below = network.divisions(under: division)
    let role =
      kind == .township
      ? Role.townshipOperator : kind == .county ? .countyOperator : .provinceSupervisor
    let (now, division) = (network.now(at: division)(), division)
    try await ledger.commit { ledger in
      guard try ledger.account("operator") == nil else { return }
      try ledger.create(
        StoredAccount(
          name: "operator", role: role.rawValue, division: division, verifier: Office.verifier,
          created: now))
      for (lower, kind) in below { try Office.register(lower, as: kind, at: now, in: ledger) }
    }
  }

  /// Registers a node below this one, as `xiecha-admin node register` does.
  func register(_ lower: String, as kind: NodeIdentity.Kind) async throws {
    let now = network.now(at: division)()
    try await node.ledger.commit { try Office.register(lower, as: kind, at: now, in: $0) }
  }

  private static func register(
    _ lower: String, as kind: NodeIdentity.Kind, at now: Int64, in ledger: LedgerTransaction
  ) throws {
    try ledger.create(
      StoredAccount(
        name: NodeIdentity.account(of: lower), role: "\(kind.rawValue)Node", division: lower,
        verifier: Office.verifier, created: now))
    try ledger.register(
      RegisteredNode(
        division: lower, name: lower, fingerprint: [], isEnabled: true, registered: now))
  }

  /// A connection of the office's operator, or of another account with the same password.
  func signIn(as account: String = "operator") async throws -> RPCConnection {
    guard let endpoint else { throw Stopped() }
    return try await RPCConnection.connect(
      to: endpoint, signIn: SignIn(name: account, password: Office.password),
      options: RPCConnection.Options(
        tls: try network.context(of: nil, server: false), expectedDivision: division),
      group: Office.group)
  }
}
