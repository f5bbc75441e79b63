import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Logging
import NIOCore
import NIOPosix
import RPC
import ReferenceData
import TLS

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
    guard let kind = NodeIdentity.Kind(rawValue: kind), let code = DivisionCode(division),
      let identity = NodeIdentity(
        kind: kind, division: code, name: division, profile: .provincial2009)
    else { throw ValidationError("no such kind or division") }
    let place = RelayPlace(directory: directory, started: started)
    let ledger = try Ledger(path: place.ledger(of: division))
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: above.flatMap(DivisionCode.init).map { [$0] } ?? [], now: place.now,
      logger: Logger(label: "bench") { StreamLogHandler.standardError(label: $0) })
    try await addAccounts(to: ledger, place)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    var options = RPCServer.Options(tls: try place.server(division), decoySecret: [1])
    options.calls = calls
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: node.methods(),
      authenticator: LedgerAuthenticator(node),
      options: options, group: group,
      logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    FileHandle.standardOutput.write(Data("ready \(server.endpoint.port)\n".utf8))
    try await link(node, place, group)
    while true { try await Task.sleep(for: .seconds(3600)) }
  }

  private func link(_ node: Node, _ place: RelayPlace, _ group: any EventLoopGroup) async throws {
    guard let above, let code = DivisionCode(above),
      let endpoint = aboveEndpoint.flatMap({ Endpoint($0) })
    else { return }
    let options = RPCConnection.Options(tls: try place.client(division), expectedDivision: above)
    let signIn = SignIn(name: NodeIdentity.account(of: division), password: RelayPlace.password)
    await Uplink(
      node, to: code,
      connect: {
        try await RPCConnection.connect(
          to: endpoint, signIn: signIn, options: options, group: group)
      }
    ).run()
  }

  private func addAccounts(to ledger: Ledger, _ place: RelayPlace) async throws {
    let verifier = ScramVerifier(password: RelayPlace.password, iterations: 4096).text
    let (now, division, kind, below) = (place.now(), division, kind, below)
    try await ledger.commit { ledger in
      // A node that is started again has them.
      guard try ledger.account(RelayPlace.operatorName) == nil else { return }
      try ledger.create(
        StoredAccount(
          name: RelayPlace.operatorName,
          role: (kind == "county" ? Role.countyOperator : .provinceSupervisor).rawValue,
          division: division, verifier: verifier, created: now))
      for lower in below {
        try ledger.create(
          StoredAccount(
            name: NodeIdentity.account(of: lower), role: Role.countyNode.rawValue,
            division: lower, verifier: verifier, created: now))
        try ledger.register(
          RegisteredNode(
            division: lower, name: lower, fingerprint: [], isEnabled: true, registered: now))
      }
    }
  }
}
