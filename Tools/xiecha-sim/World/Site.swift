import Credentials
import Exchange
import ExchangeRules
import Ledger
import NIOCore
import RPC
import TLS
import TestTLS

/// What an office is, whether its node runs or not: its place, its clock, its accounts.
final class Site: @unchecked Sendable {
  let division: String
  let above: String?
  let kind: NodeIdentity.Kind
  unowned let network: any Surroundings
  private let code: DivisionCode
  /// Keys that are derived once: the node's for the one above, and the operator's.
  private let nodeSignIn: SignIn
  private let operatorSignIn: SignIn
  /// How far its clock is ahead, in milliseconds.
  var skew: Int64 = 0
  /// When the copy was made that its node is to go on from; nil: it goes on from its own store.
  var isPutBackFrom: Int64?

  static let password = "correct horse battery"
  static let account = "operator"
  /// The fewest iterations that are allowed: what is simulated is not the hardness of passwords.
  private static let verifier = ScramVerifier(password: password, iterations: 4096).text

  struct NoSuchDivision: Error {}

  init(_ division: String, above: String?, in network: any Surroundings) throws {
    guard let code = DivisionCode(division), let kind = NodeIdentity.Kind(serving: code) else {
      throw NoSuchDivision()
    }
    (self.division, self.above, self.code, self.kind) = (division, above, code, kind)
    self.network = network
    nodeSignIn = SignIn(name: NodeIdentity.account(of: division), password: Site.password)
    operatorSignIn = SignIn(name: Site.account, password: Site.password)
    try network.certificates.issue(division)
  }

  /// Counties encrypt their ledgers, province and townships keep theirs in clear.
  var isSealed: Bool { kind == .county }

  /// The time as its clock has it, in milliseconds since 1970.
  var now: Int64 { network.scheduler.milliseconds + skew }

  // MARK: Signing in

  /// A connection of its operator.
  func signIn() async throws -> RPCConnection {
    var options = RPCConnection.Options(
      tls: try network.certificates.client(), expectedDivision: division)
    options.transport = network.transport(from: division)
    return try await RPCConnection.connect(
      to: Endpoint(host: division, port: 0), signIn: operatorSignIn, options: options,
      group: network.scheduler.loop)
  }

  /// The way of its node to the one above.
  func uplinkSecret(to above: String) throws -> OfficeUplink {
    var options = RPCConnection.Options(
      tls: try network.certificates.client(division), expectedDivision: above)
    options.transport = network.transport(from: division)
    return OfficeUplink(
      signIn: nodeSignIn, endpoint: Endpoint(host: above, port: 0), options: options,
      keys: try KeyFiles(network.certificates.configuration(of: division)),
      group: network.scheduler.loop)
  }

  /// Accounts of its operator and of the nodes below, made once.
  func addAccounts(to ledger: Ledger) async throws {
    let role: Role =
      switch kind {
      case .township: .townshipOperator
      case .county: .countyOperator
      case .province: .provinceSupervisor
      }
    let (now, division, below) = (
      now, division, network.below(division)
    )
    try await ledger.commit { ledger in
      guard try ledger.account(Site.account) == nil else { return }
      try ledger.create(
        StoredAccount(
          name: Site.account, role: role.rawValue, division: division,
          verifier: Site.verifier, created: now))
      for (lower, kind) in below {
        try ledger.create(
          StoredAccount(
            name: NodeIdentity.account(of: lower), role: kind.role, division: lower,
            verifier: Site.verifier, created: now))
        try ledger.register(
          RegisteredNode(
            division: lower, name: lower, fingerprint: [], isEnabled: true, registered: now))
      }
    }
  }

  /// What the node is.
  func identity() throws -> NodeIdentity {
    guard
      let identity = NodeIdentity(
        kind: kind, division: code, name: division, profile: .provincial2009)
    else { throw NoSuchDivision() }
    return identity
  }
}
