public import Credentials
public import Exchange
public import ExchangeRules
internal import Ledger
public import Logging
public import NIOCore
internal import NIOPosix
public import RPC
internal import ReferenceData
internal import Synchronization
internal import TLS
internal import TestSupport
public import TestTLS
public import Wire

/// A real node over a real ledger, served on loopback with real TLS: the one way in which tests and
/// the benchmark start a node in their own process.
public final class TestNode: Sendable {
  /// The password of its operator, and of the nodes that are registered at it.
  public static let password = "correct horse battery"
  /// What the ledger keeps of ``password``.
  public static let verifier = ScramVerifier(password: password, iterations: 4096).text

  /// What a node is started with.
  public struct Setup: Sendable {
    /// Province, county or township.
    public var kind: NodeIdentity.Kind
    /// Its code.
    public var division: String
    /// Its name, as operators see it.
    public var name: String
    /// The node that it signs in at.
    public var above: String?
    /// The nodes that may sign in at it.
    public var below: [(division: String, kind: NodeIdentity.Kind)] = []
    /// Its password at the node above.
    public var secret = TestSecret(TestNode.password)
    /// The account of its one operator.
    public var account = "operator"
    /// The rules that it works under.
    public var profile = RuleProfile.provincial2009
    /// What it asks of those who sign in; a test of something else signs in by password alone.
    public var access = AccessPolicy(certificateRoles: [])
    /// What binds each connection, how often it looks at the time among it.
    public var limits = WireLimits.standard
    /// Waiting calls at once; more are shed.
    public var calls = 4096
    /// Its own certificate among them; its ledger lies in the same folder.
    public var certificates: TestCertificates
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// What node and server log to.
    public var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    /// The loops that its connections are on.
    public var group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

    /// A node with nobody above or below it.
    public init(
      _ kind: NodeIdentity.Kind, _ division: String, certificates: TestCertificates,
      now: @escaping @Sendable () -> Int64
    ) {
      self.kind = kind
      self.division = division
      name = division
      self.certificates = certificates
      self.now = now
    }

    /// The place of the node's ledger: a file, or what stands for it on the server of the tests.
    public var ledgerPath: String {
      TestStore.place("\(certificates.directory)/\(division).sqlite")
    }
  }

  /// What it was started with.
  public let setup: Setup
  /// The node.
  public let node: Node
  /// Its server.
  public let server: RPCServer
  private let serving: TLSContext
  private let dialling: TLSContext
  private let uplink = Mutex<Task<Void, Never>?>(nil)
  /// What goes on beside the link.
  private let watches = Mutex<[Task<Void, Never>]>([])

  /// A setup names a division that does not exist or is not of the node's kind.
  public struct NoSuchDivision: Error {}

  /// Starts a node on its ledger: a new one, or one that a node before it has left.
  public init(_ setup: Setup) async throws {
    guard let code = DivisionCode(setup.division),
      let identity = NodeIdentity(
        kind: setup.kind, division: code, name: setup.name, profile: setup.profile)
    else { throw NoSuchDivision() }
    let files = setup.certificates.configuration(of: setup.division)
    try KeyFiles(files).finish()
    let ledger = try Ledger(path: setup.ledgerPath)
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: setup.above.flatMap(DivisionCode.init).map { [$0] } ?? [],
      trust: try SignatoryTrust(files), access: setup.access, now: setup.now, logger: setup.logger)
    _ = try await LedgerOwnership.claim(ledger, for: code)
    try await node.sign(by: try SigningKey(files))
    try await TestNode.addAccounts(setup, to: ledger)
    serving = try setup.certificates.server(setup.division)
    dialling = try setup.certificates.client(setup.division)
    var options = RPCServer.Options(tls: serving, decoySecret: [1, 2, 3])
    options.calls = setup.calls
    options.limits = setup.limits
    server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: node.methods(),
      authenticator: LedgerAuthenticator(node), options: options, group: setup.group,
      logger: setup.logger)
    self.setup = setup
    self.node = node
  }

  /// Opens its link to the node above and keeps it open until the node is killed.
  ///
  /// - Parameters:
  ///   - pause: Waits before the next attempt to connect.
  ///   - poll: Waits before it looks for what to send.
  ///   - endpoint: Where the node above is; asked for each attempt, which fails if it throws.
  /// - Throws: ``NoSuchDivision`` if the setup names no node above.
  public func joinAbove(
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    poll: @escaping @Sendable () async throws -> Void = {
      try await Task.sleep(for: .seconds(Uplink.pollSeconds))
    },
    at endpoint: @escaping @Sendable () throws -> Endpoint
  ) throws {
    guard let above = setup.above, let code = DivisionCode(above) else { throw NoSuchDivision() }
    let uplink = Uplink(node, to: code, secret: try uplink(at: endpoint), pause: pause, poll: poll)
    self.uplink.withLock { $0 = Task { await uplink.run() } }
  }

  /// Ends its link to the node above.
  public func leaveAbove() async {
    let task = uplink.withLock { uplink in
      defer { uplink = nil }
      return uplink
    }
    task?.cancel()
    await task?.value
  }

  /// Goes by the trust that the network's authority publishes, until the node is killed; `poll` waits
  /// between looks.
  public func keepTrust(poll: @escaping @Sendable () async throws -> Void) throws {
    let keeper = TrustKeeper(of: node, keys: try KeyFiles(files)) { [self] in
      try await readCertificates()
    }
    watches.withLock { $0.append(Task { await keeper.run(poll: poll) }) }
  }

  /// Ends what is open of whoever is revoked, until the node is killed.
  public func watchRights() {
    let watch = RightsWatch(of: node) { [server] in server.recheckAccounts() }
    watches.withLock { $0.append(Task { await watch.run() }) }
  }

  /// How it signs in at the node above.
  public func uplink(at endpoint: @escaping @Sendable () throws -> Endpoint) throws -> TestUplink {
    try TestUplink(
      secret: setup.secret, account: NodeIdentity.account(of: setup.division), files: files,
      options: RPCConnection.Options(tls: dialling, expectedDivision: setup.above),
      group: setup.group, reread: { [self] in try await readCertificates() }, endpoint: endpoint)
  }

  private var files: TLSConfiguration { setup.certificates.configuration(of: setup.division) }

  /// Goes by what is in its certificate files now, as a node does on SIGHUP.
  public func readCertificates() async throws {
    for context in [serving, dialling] { try context.reload() }
    node.use(try SignatoryTrust(files))
    try await node.sign(by: try SigningKey(files))
    server.recheckPeers()
  }

  /// A connection of its operator, or of another account with the same password; `certificate` is
  /// whose it shows, by the name of its file.
  public func signIn(
    as account: String? = nil, certificate: String? = nil
  ) async throws -> RPCConnection {
    try await signIn(
      SignIn(name: account ?? setup.account, password: TestNode.password), certificate: certificate)
  }

  /// A connection of whoever signs in.
  public func signIn(_ signIn: SignIn, certificate: String? = nil) async throws -> RPCConnection {
    try await RPCConnection.connect(
      to: server.endpoint, signIn: signIn,
      options: RPCConnection.Options(
        tls: try setup.certificates.client(certificate), expectedDivision: setup.division),
      group: setup.group)
  }

  /// Issues a certificate for an account and lets it count, as `xiecha-admin operator certificate
  /// issue` does; its fingerprint.
  @discardableResult
  public func certify(_ account: String) async throws -> [UInt8] {
    let identity = try setup.certificates.issuePerson(account).identity
    let now = setup.now()
    try await node.ledger.commit { ledger in
      try ledger.bind(
        StoredAccountCertificate(
          fingerprint: identity.fingerprint, account: account, serial: identity.serial, bound: now,
          expires: identity.expires * 1000))
    }
    return identity.fingerprint
  }

  /// Registers a node below this one, as `xiecha-admin node register` does.
  public func register(_ lower: String, as kind: NodeIdentity.Kind) async throws {
    let now = setup.now()
    try await node.ledger.commit { try TestNode.register(lower, as: kind, at: now, in: $0) }
  }

  /// Stops it as a killed process stops: no farewell, the ledger as it is.
  public func kill() async throws {
    let running = watches.withLock(\.self) + [uplink.withLock(\.self)].compactMap(\.self)
    for task in running { task.cancel() }
    await server.drain(within: .milliseconds(1))
    for task in running { await task.value }
    try node.ledger.close()
  }

  /// Lets one more person sign in with ``password``, set `age` milliseconds ago.
  public func add(
    _ account: String, as role: Role, of division: String? = nil, age: Int64 = 0
  ) async throws {
    let now = setup.now()
    try await node.ledger.commit { [setup] ledger in
      try ledger.create(
        StoredAccount(
          name: account, role: role.rawValue, division: division ?? setup.division,
          verifier: TestNode.verifier, created: now - age))
    }
  }

  /// A ledger that was left by a node before it has them.
  private static func addAccounts(_ setup: Setup, to ledger: Ledger) async throws {
    let role: Role =
      switch setup.kind {
      case .township: .townshipOperator
      case .county: .countyOperator
      case .province: .provinceSupervisor
      }
    let now = setup.now()
    try await ledger.commit { ledger in
      guard try ledger.account(setup.account) == nil else { return }
      try ledger.create(
        StoredAccount(
          name: setup.account, role: role.rawValue, division: setup.division,
          verifier: TestNode.verifier, created: now))
      for lower in setup.below {
        try register(lower.division, as: lower.kind, at: now, in: ledger)
      }
    }
  }

  private static func register(
    _ lower: String, as kind: NodeIdentity.Kind, at now: Int64, in ledger: LedgerTransaction
  ) throws {
    try ledger.create(
      StoredAccount(
        name: NodeIdentity.account(of: lower), role: "\(kind.rawValue)Node", division: lower,
        verifier: TestNode.verifier, created: now))
    try ledger.register(
      RegisteredNode(
        division: lower, name: lower, fingerprint: [], isEnabled: true, registered: now))
  }
}
