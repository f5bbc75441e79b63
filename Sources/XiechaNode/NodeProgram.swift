import Backups
import Credentials
import Exchange
import ExchangeRules
import Ledger
import LedgerPrograms
import Logging
import NIOCore
import NIOPosix
import Presentation
import Program
import RPC
import ReferenceData
import ServiceLifecycle
import TLS
import UnixSignals

/// A node as a process: puts the parts together, runs them, and takes them apart again.
struct NodeProgram {
  let settings: NodeSettings
  private let logger: Logger
  private let server: TLSContext
  private let client: TLSContext
  private let passwords: [UplinkPassword]
  private let logLevel: LogLevel
  private let manager = ServiceManager()
  private let dialled = DialledNodes()
  private let keys: KeyFiles

  /// Looks at everything that the configuration names, before anything is opened.
  init(settings: NodeSettings, logLevel: LogLevel) throws {
    self.settings = settings
    self.logLevel = logLevel
    logger = Logger(label: "xiecha-node.\(settings.identity.division)")
    keys = try KeyFiles(settings.tls)
    try keys.finish()
    server = try TLSContext(server: settings.tls)
    client = try TLSContext(client: settings.tls)
    let account = settings.identity.account
    passwords = settings.uplinks.map { UplinkPassword(account: account, file: $0.passwordFile) }
    for password in passwords { _ = try password.signIn() }
    if let backup = settings.backup {
      _ = try SecretKeyFile(for: .backups, reading: backup.keyFile)
    }
    try checkCertificate()
  }

  /// Runs until SIGTERM or SIGINT.
  func run() async throws {
    ProcessLimits.ignoreSignals()
    let files = ProcessLimits.raiseOpenFiles()
    if files < settings.connections {
      logger.warning(
        "the system allows fewer open files than connections are configured",
        metadata: ["files": "\(files)", "connections": "\(settings.connections)"])
    }
    let options = LedgerOptions(storeKeyFile: settings.storeKey) { [logger, manager] update in
      logger.notice(
        "the ledger is brought up to date",
        metadata: [
          "step": "\(update.step)", "number": "\(update.number)", "of": "\(update.of)",
          "seconds": "\(update.seconds)",
        ])
      manager.tell("STATUS=updating the ledger: step \(update.number) of \(update.of)")
    }
    try await Ledger.use(settings.store, options: options) { ledger in
      let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
      do {
        try await serve(ledger, group)
      } catch {
        try? await group.shutdownGracefully()
        throw error
      }
      try? await group.shutdownGracefully()
    }
    logger.notice("stopped")
  }

  private func serve(_ ledger: Ledger, _ group: MultiThreadedEventLoopGroup) async throws {
    try await claim(ledger)
    let node = Node(
      identity: settings.identity, program: ProgramVersion.current, ledger: ledger,
      calendar: try await calendar(ledger), register: .national,
      uplinks: settings.uplinks.map(\.division),
      trust: try SignatoryTrust(settings.tls), access: settings.access,
      now: { SystemClock.milliseconds }, logger: logger)
    try await node.sign(by: try SigningKey(settings.tls))
    var options = RPCServer.Options(tls: server, decoySecret: try await DecoySecret.of(ledger))
    options.connections = settings.connections
    options.calls = settings.calls
    let listening = try await RPCServer.start(
      on: settings.listen, methods: node.methods(), authenticator: LedgerAuthenticator(node),
      options: options, group: group, logger: logger)
    let health = NodeHealth(
      node: node, listening: listening, context: server, dialled: dialled,
      store: settings.store)
    let services: [any Service] =
      try await telling(health, group) + backups(ledger)
      + [
        Watchdog(manager: manager, trouble: { await health.writerTrouble() }, logger: logger),
        LogLevelSwitch(
          signals: await UnixSignalsSequence(trapping: .sigusr1, .sigusr2), level: logLevel,
          logger: logger),
        ServerService(
          node: node, server: listening, grace: .seconds(Int64(settings.drainSeconds)),
          title: settings.title, manager: manager, logger: logger),
        Reload(
          signals: await UnixSignalsSequence(trapping: .sighup),
          certificates: { try await readCertificates(for: node) }, listening: listening,
          calendar: {
            node.use(try await calendar(ledger))
            return try await node.followCalendar()
          }, logger: logger),
        ClosingCycles(node: node, logger: logger),
        FridayDunning(node: node, logger: logger),
        MonthlyKey(ledger: ledger, logger: logger),
        RetentionService(node: node, policy: settings.retention, logger: logger),
        ValidityWatch(node: node, context: server, listening: listening, logger: logger),
        SetAsideService(watch: SetAsideWatch(node)),
        RightsService(watch: RightsWatch(of: node) { listening.recheckAccounts() }),
        TrustService(
          keeper: TrustKeeper(of: node, keys: keys) {
            try await readCertificates(for: node)
            listening.recheckPeers()
          }),
      ] + zip(settings.uplinks, passwords).map { uplink(node, $0, $1, group) }
    logger.notice("listening", metadata: ["endpoint": "\(listening.endpoint)"])
    try await ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    ).run()
  }

  /// Reads certificates, key, trust roots and lists again: where one of them is bad, what is in force
  /// stays.
  private func readCertificates(for node: Node) async throws {
    let (trust, key) = (try SignatoryTrust(settings.tls), try SigningKey(settings.tls))
    for context in [server, client] { try context.reload() }
    node.use(trust)
    try await node.sign(by: key)
  }

  private func telling(
    _ health: NodeHealth, _ group: MultiThreadedEventLoopGroup
  ) async throws -> [any Service] {
    guard let endpoint = settings.health else { return [] }
    return [
      try await HealthService.start(on: endpoint, health, group: group, logger: logger)
    ]
  }

  private func backups(_ ledger: Ledger) -> [any Service] {
    guard let schedule = settings.backup else { return [] }
    let keeper = BackupKeeper(
      of: ledger, node: "\(settings.identity.division)", by: schedule,
      now: { SystemClock.milliseconds })
    return [BackupService(keeper: keeper, logger: logger)]
  }

  private func uplink(
    _ node: Node, _ uplink: NodeSettings.Uplink, _ password: UplinkPassword,
    _ group: MultiThreadedEventLoopGroup
  ) -> UplinkService {
    let options = RPCConnection.Options(tls: client, expectedDivision: "\(uplink.division)")
    let secret = UplinkAccess(
      password: password, addresses: AddressRound(uplink.endpoints), options: options, keys: keys,
      group: group, connected: { [dialled] in dialled.connected(to: uplink.division, over: $0) },
      reread: { try await readCertificates(for: node) })
    return UplinkService(uplink: Uplink(node, to: uplink.division, secret: secret))
  }

  /// A ledger is one node's: another's items are not given out as this one's.
  private func claim(_ ledger: Ledger) async throws {
    let own = settings.identity.division
    if case .others(let owner) = try await LedgerOwnership.claim(ledger, for: own) {
      throw ProgramFailure(
        .store,
        chinese: "数据库 \(settings.store) 属于节点 \(owner)，不是 \(own)；请核对 store",
        english: "the ledger \(settings.store) is that of node \(owner), not of \(own); check store"
      )
    }
    for account in try await LedgerOwnership.strangers(in: ledger, of: own) {
      logger.warning(
        "an account acts for a division that this node does not serve: switch it off",
        metadata: ["account": "\(account.name)", "division": "\(account.division)"])
    }
    let duties = try await ledger.read { try DutySeparation.standing(in: $0) }
    if !duties.doubled.isEmpty {
      logger.warning(
        "one person holds two of the three duties: switch one account off",
        metadata: ["accounts": "\(duties.doubled.joined(separator: ", "))"])
    }
    // A store from before the duties were separated has an administrator, who keeps no accounts now.
    if !duties.missing.isEmpty, duties.missing.count < Role.duties.count {
      logger.warning(
        "one of the three duties is nobody's: xiecha-admin operator add",
        metadata: ["roles": "\(duties.missing.joined(separator: ", "))"])
    }
  }

  /// The built-in calendar, with the years that were imported in place of its own (S4.5).
  private func calendar(_ ledger: Ledger) async throws -> WorkingCalendar {
    let imported = try await ledger.read { try $0.calendarDays() }
    do {
      return try WorkingCalendar.national.withYears(of: imported)
    } catch {
      throw ProgramFailure(
        .store, chinese: "数据库中的工作日历有误：\(error.field) \(error.reason)；请重新导入",
        english: "the calendar in the ledger is wrong (\(error.field) \(error.reason)); import it "
          + "again with xiecha-admin calendar import")
    }
  }

  /// The node must be who its certificate says, or nobody will let it in.
  private func checkCertificate() throws {
    guard let file = settings.tls.certificateChainFile else { return }
    let identity = try PeerIdentity(certificateFile: file)
    guard identity.division == "\(settings.identity.division)" else {
      let named = identity.division ?? "-"
      throw ProgramFailure(
        .credentials,
        chinese: "证书 \(file) 属于 \(named)，不是 \(settings.identity.division)；请更换证书",
        english: "certificate \(file) is of division \(named), not of "
          + "\(settings.identity.division); issue one with xiecha-admin certificate issue")
    }
    // A node that nobody can believe is not ready.
    for end in server.ends where end.kind != .authority && end.daysLeft(at: SystemClock.seconds) < 0
    {
      throw ValidityWatch.ended(end)
    }
  }
}
