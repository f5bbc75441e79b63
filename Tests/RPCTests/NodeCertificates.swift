import Foundation
import Logging
import NIOPosix
import RPC
import TLS
import TestSupport
import Wire

/// An authority and the certificates of a server and of a county below it, in a folder of their own:
/// for tests that renew or revoke them.
struct NodeCertificates {
  private let folder: TemporaryFolder
  let authority: CertificateAuthority
  let server: CertificateAuthority.Issued
  let county: CertificateAuthority.Issued
  private let now = Int64(Date().timeIntervalSince1970)

  init() throws {
    folder = try TemporaryFolder()
    authority = try CertificateAuthority.create(in: folder.path, now: now)
    server = try authority.issueNode(division: Network.division, in: folder.path, now: now)
    county = try authority.issueNode(division: "441702", in: folder.path, now: now)
  }

  func configuration(_ issued: CertificateAuthority.Issued) -> TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: issued.certificateFile, privateKeyFile: issued.keyFile,
      trustRootsFile: authority.certificateFile, revocationListFile: authority.revocationListFile)
  }

  /// Replaces the server's certificate and key by others, for the same division.
  func renewServer() throws -> PeerIdentity {
    try authority.issueNode(
      division: Network.division, in: authority.directory, now: now, overwrite: true
    ).identity
  }

  func revoke(_ issued: CertificateAuthority.Issued) throws {
    try authority.revoke(serials: [issued.identity.serial], now: now)
  }

  /// A server that answers by `methods`; its ticks are far apart.
  func start(
    _ tls: TLSContext, _ methods: (inout MethodTable) -> Void
  ) async throws -> RPCServer {
    var table = MethodTable()
    methods(&table)
    return try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: table, authenticator: KnownAccounts(),
      options: RPCServer.Options(tls: tls, decoySecret: [1, 2, 3]),
      group: MultiThreadedEventLoopGroup.singleton, logger: Network.silent)
  }

  static func connect(
    _ tls: TLSContext, to server: RPCServer, limits: WireLimits = .standard
  ) async throws(CallFailure) -> RPCConnection {
    var options = RPCConnection.Options(tls: tls, expectedDivision: Network.division)
    options.limits = limits
    return try await RPCConnection.connect(
      to: server.endpoint, signIn: SignIn(name: "zhang", password: "correct horse"),
      options: options, group: MultiThreadedEventLoopGroup.singleton)
  }
}
