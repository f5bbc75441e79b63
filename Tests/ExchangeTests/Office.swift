import Exchange
import ExchangeRules
import Ledger
import NIOConcurrencyHelpers
import NIOPosix
import RPC
import TestNodes

/// One office of a test network: its node, which can be stopped and started again, its operator, and
/// its link.
final class Office: Sendable {
  static let group = MultiThreadedEventLoopGroup.singleton
  static let password = TestNode.password
  static let verifier = TestNode.verifier
  /// Who administers, as `xiecha-admin` names one.
  static let administrator = LedgerActor(
    account: "xiecha-admin:root", role: "administrator", division: "")

  let network: TestNetwork
  let kind: NodeIdentity.Kind
  let division: String
  let above: String?
  /// Its password at the node above, which outlives the node.
  let secret = TestSecret(TestNode.password)
  private let running = NIOLockedValueBox<TestNode?>(nil)

  init(_ network: TestNetwork, _ kind: NodeIdentity.Kind, _ division: String, above: String?) {
    self.network = network
    self.kind = kind
    self.division = division
    self.above = above
  }

  private var started: TestNode {
    get throws {
      guard let running = running.withLockedValue(\.self) else { throw Stopped() }
      return running
    }
  }

  var node: Node { get throws { try started.node } }

  var endpoint: Endpoint? { running.withLockedValue { $0?.server.endpoint } }

  struct Stopped: Error {}

  /// Starts the node on its store, as after a restart.
  func start(profile: RuleProfile = .provincial2009) async throws {
    var setup = TestNode.Setup(
      kind, division, certificates: network.certificates, now: network.now(at: division))
    setup.above = above
    setup.secret = secret
    setup.below = network.divisions(under: division)
    setup.profile = profile
    setup.logger = network.logger(of: division)
    let node = try await TestNode(setup)
    running.withLockedValue { $0 = node }
    guard let above else { return }
    let (network, division) = (network, division)
    try node.joinAbove(
      pause: { _ in try await Task.sleep(for: .milliseconds(2)) },
      poll: { try await Task.sleep(for: .milliseconds(20)) },
      at: {
        guard network.isOpen(division), let endpoint = network[above].endpoint else {
          throw Stopped()
        }
        return endpoint
      })
  }

  /// How it signs in at the node above, at an address.
  func uplink(at endpoint: @escaping @Sendable () throws -> Endpoint) throws -> TestUplink {
    try started.uplink(at: endpoint)
  }

  /// Stops it as a killed process stops: no farewell, the store as it is.
  func kill() async throws {
    let node = running.withLockedValue { running in
      defer { running = nil }
      return running
    }
    try await node?.kill()
  }

  /// Registers a node below this one, as `xiecha-admin node register` does.
  func register(_ lower: String, as kind: NodeIdentity.Kind) async throws {
    try await started.register(lower, as: kind)
  }

  /// A connection of the office's operator, or of another account with the same password.
  func signIn(as account: String = "operator") async throws -> RPCConnection {
    try await started.signIn(as: account)
  }
}
